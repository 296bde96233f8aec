package dev.skep.bench.vm;

import java.nio.file.Path;
import java.util.List;

/**
 * A program of {@code bench/src/main/c/vm}.
 *
 * @param name of its source, NAME.bpf.c, object, and executable
 * @param runsAtOnce how often it runs between readings of the clock and of its ring buffer
 */
record BenchmarkProgram(String name, int runsAtOnce) {
    private static final int USUAL_RUNS = 100;

    /** Does nothing: what a call costs. */
    static final BenchmarkProgram EMPTY = new BenchmarkProgram("empty", 10_000);

    static final List<BenchmarkProgram> ALL = List.of(
            of("log2"),
            of("sieve"),
            of("memcpy"),
            of("jhash"),
            of("matrix"),
            of("calls"),
            of("strcmp"),
            of("switch"),
            of("packet"),
            of("map_hash"),
            of("map_array"),
            of("lpm"),
            of("ringbuf"));

    private static BenchmarkProgram of(String name) {
        return new BenchmarkProgram(name, USUAL_RUNS);
    }

    /** Where its BPF object is. */
    Path object(Path root) {
        return root.resolve("bench/src/main/c/vm/" + name + ".bpf.o");
    }
}
