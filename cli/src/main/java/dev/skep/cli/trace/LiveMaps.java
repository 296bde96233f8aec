package dev.skep.cli.trace;

import dev.skep.trace.print.Output;
import dev.skep.trace.print.TextOutput;
import dev.skep.trace.run.MapWatcher;
import dev.skep.trace.run.WatchedMaps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows maps below what a script prints, and draws them anew as they change: what was drawn is taken back before anything else is
 * written, so that the script's own lines stay as without it.
 */
final class LiveMaps implements MapWatcher {
    private static final long INTERVAL = Duration.ofMillis(500).toNanos();
    /** ECMA-48: so many lines up, and clear from there on. */
    private static final String TAKE_BACK = "\033[%dA\r\033[J";

    private final OutputStream out;
    private final TerminalSize size;
    private final LongSupplier clock;
    private final OutputStream stream = new Above();
    private boolean atLineStart = true;
    private int drawn;
    private long next;

    LiveMaps(OutputStream out, TerminalSize size) {
        this(out, size, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    LiveMaps(OutputStream out, TerminalSize size, LongSupplier clock) {
        this.out = out;
        this.size = size;
        this.clock = clock;
        this.next = clock.getAsLong();
    }

    /** Where the script's output goes: above the maps. */
    OutputStream stream() {
        return stream;
    }

    @Override
    public void turn(Supplier<WatchedMaps> maps) {
        if (clock.getAsLong() - next < 0) {
            return;
        }
        next = clock.getAsLong() + INTERVAL;
        try {
            takeBack();
            draw(text(maps.get()));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("drawing maps", e);
        }
    }

    /** What is left of the maps then is printed as ever. */
    @Override
    public void ends(Supplier<WatchedMaps> maps) {
        try {
            takeBack();
        } catch (IOException e) {
            throw new UncheckedIOException("drawing maps", e);
        }
    }

    private static List<String> text(WatchedMaps maps) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output text = new TextOutput(bytes, Output.Buffering.FULL)) {
            maps.maps().forEach(each -> text.map(each.content()));
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void draw(List<String> lines) throws IOException {
        int room = Math.max(1, size.rows() - 2);
        StringBuilder text = new StringBuilder(atLineStart ? "" : "\n");
        atLineStart = true;
        List<String> shown = lines.size() <= room ? lines : lines.subList(lines.size() - room + 1, lines.size());
        if (shown.size() < lines.size()) {
            text.append("... ").append(lines.size() - shown.size()).append(" lines more\n");
            drawn++;
        }
        for (String line : shown) {
            text.append(line, 0, Math.min(line.length(), size.columns())).append('\n');
            drawn++;
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void takeBack() throws IOException {
        if (drawn > 0) {
            out.write(String.format(TAKE_BACK, drawn).getBytes(StandardCharsets.US_ASCII));
            drawn = 0;
        }
    }

    /** The script's own text. */
    private final class Above extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > 0) {
                takeBack();
                out.write(bytes, offset, length);
                atLineStart = bytes[offset + length - 1] == '\n';
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
