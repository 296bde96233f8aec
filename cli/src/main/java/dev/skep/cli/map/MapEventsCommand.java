package dev.skep.cli.map;

import dev.skep.cli.kernel.Words;
import dev.skep.linux.event.PerfBuffer;
import dev.skep.linux.event.RingBuffer;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.EventStream;
import dev.skep.object.host.HostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skep map events}. */
@Command(
        name = "events",
        aliases = "event_pipe",
        description = {
            "Prints the records of a ring buffer or perf event array as they come, in hexadecimal digits, until Ctrl-C.",
            "Records go to one reader: another program that reads the same map does not get these."
        },
        customSynopsis = "skep map events MAP [--seconds N] [--json]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map events name drops --seconds 10")
final class MapEventsCommand extends EntryCommand {
    /** How often what was waited for is looked at again. */
    private static final Duration TURN = Duration.ofMillis(100);

    @Option(names = "--seconds", paramLabel = "N", description = "End after so long; a fraction is allowed.")
    private double seconds = Double.POSITIVE_INFINITY;

    @Option(names = "--json", description = "Print a JSON object for each record, on a line of its own.")
    private boolean json;

    @Override
    void work(LinuxMap map, Entries entries, Words words) {
        words.end();
        switch (map.spec().type()) {
            case RINGBUF -> {
                try (RingBuffer ring = RingBuffer.open(map)) {
                    read(ring, () -> ring.await(TURN));
                }
            }
            case PERF_EVENT_ARRAY -> {
                try (PerfBuffer buffer = PerfBuffer.open(map, PerfBuffer.Options.DEFAULT)) {
                    read(buffer, () -> buffer.await(TURN));
                }
            }
            default ->
                throw new HostException(Errno.EINVAL, map + " carries no events: ringbuf and perf_event_array do");
        }
    }

    private void read(EventStream stream, BooleanSupplier await) {
        long start = System.nanoTime();
        do {
            int printed = stream.drain(this::print);
            out().flush();
            boolean _ = printed > 0 || await.getAsBoolean();
        } while (System.nanoTime() - start < seconds * 1e9);
        stream.drain(this::print);
        if (stream.lost() > 0) {
            err().println("skep: note: " + stream.lost() + " records were lost: there was no room for them");
        }
    }

    private void print(ByteBuffer record) {
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        // Digits need no escaping.
        out().println(json ? "{\"size\":" + bytes.length + ",\"data\":\"" + hex + "\"}" : hex);
    }
}
