package dev.skep.trace.print;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** bpftrace's text. */
public final class TextOutput implements Output {
    private final OutputBuffer buffer;

    /** @param out gets UTF-8 */
    public TextOutput(OutputStream out, Buffering buffering) {
        this.buffer = new OutputBuffer(out, buffering);
    }

    @Override
    public TextBuffer beginText() {
        return buffer.text();
    }

    @Override
    public void endText(Kind kind) {
        if (kind == Kind.JOIN || kind == Kind.SYSCALL) {
            buffer.text().append('\n');
        }
        buffer.written();
    }

    @Override
    public void value(Value value) {
        ValueText.append(value, buffer.text());
        buffer.text().append('\n');
        buffer.written();
    }

    @Override
    public void map(MapContent content) {
        for (MapContent.Entry entry : content.entries()) {
            entry(content.name(), entry);
        }
        buffer.written();
    }

    private void entry(String name, MapContent.Entry entry) {
        TextBuffer text = buffer.text();
        text.append('@').append(name);
        entry.key().ifPresent(key -> {
            text.append('[');
            ValueText.appendKey(key, ValueText.Style.PLAIN, text);
            text.append(']');
        });
        boolean isChart = entry.value() instanceof Value.Histogram || entry.value() instanceof Value.Series;
        text.append(isChart ? ":\n" : ": ");
        ValueText.append(entry.value(), text);
        text.append('\n');
    }

    @Override
    public void benchmarks(Map<String, Long> nanoseconds, int runs) {
        BenchmarkText.append(nanoseconds, runs, buffer.text());
        buffer.written();
    }

    @Override
    public void beginTests(int count) {
        TestText.beginAll(count, buffer.text());
    }

    @Override
    public void beginTest(String name) {
        TestText.begin(name, buffer.text());
        buffer.written();
    }

    @Override
    public void endTest(String name, long nanoseconds, boolean passed) {
        TestText.end(name, nanoseconds, passed, buffer.text());
        buffer.written();
    }

    @Override
    public void endTests(int count, List<String> failed) {
        TestText.endAll(count, failed, buffer.text());
        buffer.written();
    }

    @Override
    public void beforeMaps() {
        buffer.text().append("\n\n");
    }

    @Override
    public void flush() {
        buffer.idle();
    }

    @Override
    public void close() {
        buffer.write();
    }
}
