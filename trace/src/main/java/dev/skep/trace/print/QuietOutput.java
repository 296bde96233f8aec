package dev.skep.trace.print;

import dev.skep.trace.plan.Action;
import dev.skep.trace.source.Span;
import java.util.List;
import java.util.Map;

/** Another output, without what the tracer says of itself. Whoever wants more of it changed extends this. */
public class QuietOutput implements Output {
    private final Output output;

    /** @param output owned from here on: closed with this */
    public QuietOutput(Output output) {
        this.output = output;
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
        output.map(content);
    }

    @Override
    public boolean attached(int probes) {
        return true; // this is what is kept quiet
    }

    @Override
    public boolean lost(long events) {
        return output.lost(events);
    }

    @Override
    public void benchmarks(Map<String, Long> nanoseconds, int runs) {
        output.benchmarks(nanoseconds, runs);
    }

    @Override
    public void beginTests(int count) {
        output.beginTests(count);
    }

    @Override
    public void beginTest(String name) {
        output.beginTest(name);
    }

    @Override
    public void endTest(String name, long nanoseconds, boolean passed) {
        output.endTest(name, nanoseconds, passed);
    }

    @Override
    public void endTests(int count, List<String> failed) {
        output.endTests(count, failed);
    }

    @Override
    public boolean helperFailed(Span place, String helper, int code, long times) {
        return output.helperFailed(place, helper, code, times);
    }

    @Override
    public boolean complained(Span place, Action.Complaint kind, String message) {
        return output.complained(place, kind, message);
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
