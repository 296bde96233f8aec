package dev.skep.replay;

import dev.skep.trace.print.MapContent;
import dev.skep.trace.print.Output;
import dev.skep.trace.print.TextBuffer;
import dev.skep.trace.print.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/** Text, of which the maps are kept as they were printed last. */
final class MapsKept implements Output {
    private final Output output;
    private final Map<String, MapContent> maps = new LinkedHashMap<>();

    /** @param output stays the caller's */
    MapsKept(Output output) {
        this.output = output;
    }

    Map<String, MapContent> maps() {
        return maps;
    }

    @Override
    public TextBuffer beginText() {
        return output.beginText();
    }

    @Override
    public void endText(Kind kind) {
        output.endText(kind);
    }

    @Override
    public void value(Value value) {
        output.value(value);
    }

    @Override
    public void map(MapContent content) {
        maps.put(content.name(), content);
        output.map(content);
    }

    @Override
    public void attached(int probes) {
        // As with -q: how many there are is not part of the result.
    }

    @Override
    public void lost(long events) {
        output.lost(events);
    }

    @Override
    public void benchmarks(Map<String, Long> nanoseconds) {
        output.benchmarks(nanoseconds);
    }

    @Override
    public void beforeMaps() {
        output.beforeMaps();
    }

    @Override
    public void flush() {
        output.flush();
    }

    @Override
    public void close() {
        output.close();
    }
}
