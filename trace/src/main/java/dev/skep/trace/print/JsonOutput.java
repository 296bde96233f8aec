package dev.skep.trace.print;

import dev.skep.trace.plan.Action;
import dev.skep.trace.source.Span;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** bpftrace's JSON: a document in each line. */
public final class JsonOutput implements Output {
    private final OutputBuffer buffer;
    private final TextBuffer plain = new TextBuffer();

    /** @param out gets UTF-8 */
    public JsonOutput(OutputStream out, Buffering buffering) {
        this.buffer = new OutputBuffer(out, buffering);
    }

    private TextBuffer begin(String type) {
        return buffer.text().append("{\"type\": \"").append(type).append("\", \"data\": ");
    }

    private void end() {
        buffer.text().append("}\n");
        buffer.written();
    }

    @Override
    public TextBuffer beginText() {
        plain.cut(0);
        return plain;
    }

    @Override
    public void endText(Kind kind) {
        ValueJson.quoted(plain.toString(), begin(kind.word()));
        end();
    }

    @Override
    public void value(Value value) {
        ValueJson.append(value, begin("value"));
        end();
    }

    @Override
    public void map(MapContent content) {
        List<MapContent.Entry> entries = content.entries();
        if (entries.isEmpty()) {
            return;
        }
        TextBuffer text = begin(content.kind().word()).append('{');
        ValueJson.quoted("@" + content.name(), text);
        text.append(": ");
        if (entries.size() == 1 && entries.getFirst().key().isEmpty()) {
            ValueJson.append(entries.getFirst().value(), text);
        } else {
            text.append('{');
            for (int i = 0; i < entries.size(); i++) {
                text.append(i == 0 ? "" : ", ");
                entries.get(i).key().ifPresent(key -> ValueJson.appendKey(key, text));
                text.append(": ");
                ValueJson.append(entries.get(i).value(), text);
            }
            text.append('}');
        }
        text.append('}');
        end();
    }

    @Override
    public boolean attached(int probes) {
        TextBuffer text = buffer.text();
        text.append("{\"type\": \"attached_probes\", \"count\": ").append(probes, true);
        text.append(", \"data\": {\"probes\": ").append(probes, true).append("}}\n");
        buffer.write();
        return true;
    }

    @Override
    public boolean lost(long events) {
        begin("lost_events").append("{\"events\": ").append(events, true).append('}');
        end();
        return true;
    }

    @Override
    public void benchmarks(Map<String, Long> nanoseconds, int runs) {
        for (Map.Entry<String, Long> each : nanoseconds.entrySet()) {
            named("benchmark_result", each.getKey())
                    .append("{\"average\": ")
                    .append(each.getValue(), true)
                    .append(", \"iters\": ")
                    .append(runs, true)
                    .append("}}");
            end();
        }
    }

    @Override
    public void endTest(String name, long nanoseconds, boolean passed) {
        named("test_result", name)
                .append("{\"duration\": ")
                .append(nanoseconds, true)
                .append(", \"passed\": ")
                .append(passed ? "true" : "false")
                .append("}}");
        end();
    }

    private TextBuffer named(String type, String name) {
        TextBuffer text = begin(type).append('{');
        ValueJson.quoted(name, text);
        return text.append(": ");
    }

    @Override
    public boolean helperFailed(Span place, String helper, int code, long times) {
        TextBuffer text = buffer.text().append("{\"type\": \"helper_error\", \"msg\": ");
        ValueJson.quoted(Standing.errno(-code), text);
        text.append(", \"helper\": ");
        ValueJson.quoted(helper, text);
        text.append(", \"retcode\": ").append(code, true);
        end(place, times);
        return true;
    }

    private void end(Span place, long times) {
        TextBuffer text = buffer.text().append(", \"filename\": ");
        ValueJson.quoted(place.source().name(), text);
        text.append(", \"line\": ").append(place.line(), true);
        text.append(", \"col\": ").append(place.column(), true);
        if (times > 1) {
            text.append(", \"times\": ").append(times, true);
        }
        text.append("}\n");
        buffer.written();
    }

    @Override
    public boolean complained(Span place, Action.Complaint kind, String message) {
        TextBuffer text =
                buffer.text().append("{\"type\": \"").append(kind.word()).append("\", \"msg\": ");
        ValueJson.quoted(message, text);
        end(place, 1);
        return true;
    }

    @Override
    public void beforeMaps() {
        // documents need nothing between them
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
