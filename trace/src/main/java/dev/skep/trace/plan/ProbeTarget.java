package dev.skep.trace.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a program of a script runs. */
public sealed interface ProbeTarget {
    /** Once, before all others are live. */
    record Begin() implements ProbeTarget {}

    /** Once, after all others. */
    record End() implements ProbeTarget {}

    /** When the tracer gets a signal. @param signal {@code SIGUSR1} */
    record SelfSignal(String signal) implements ProbeTarget {}

    /** {@code test:name}. */
    record Test(String name) implements ProbeTarget {}

    /** {@code bench:name}. */
    record Bench(String name) implements ProbeTarget {}

    /**
     * Functions of the kernel.
     *
     * @param module empty for any
     * @param functions more than one are attached together (kprobe.multi)
     * @param offset in bytes from the function's start
     */
    record Kprobe(Optional<String> module, List<String> functions, long offset, boolean isReturn)
            implements ProbeTarget {
        public Kprobe {
            functions = List.copyOf(functions);
        }
    }

    /** A function of the kernel by its BTF. @param module {@code vmlinux} or a module */
    record Fentry(String module, String function, boolean isReturn) implements ProbeTarget {}

    /** A function of a BPF program. */
    record FentryProgram(long programId, String function, boolean isReturn) implements ProbeTarget {}

    /** A tracepoint of tracefs. */
    record Tracepoint(String category, String event) implements ProbeTarget {}

    /** A tracepoint without tracefs's record. @param typed true if its arguments are taken by BTF ({@code tp_btf}) */
    record RawTracepoint(String event, boolean typed) implements ProbeTarget {}

    /**
     * Functions of programs and libraries.
     *
     * @param binary a path
     * @param symbols names as in the symbol table; empty if {@code address} says where; more than one are attached together
     * @param address in the file's address space
     * @param offset from the symbol
     */
    record Uprobe(String binary, List<String> symbols, OptionalLong address, long offset, boolean isReturn)
            implements ProbeTarget {
        public Uprobe {
            symbols = List.copyOf(symbols);
        }
    }

    /** A user-level static tracepoint. @param provider empty for any */
    record Usdt(String binary, Optional<String> provider, String name) implements ProbeTarget {}

    /** On every CPU, so often. @param count in units */
    record Profile(Period period, long count) implements ProbeTarget {}

    /** On one CPU, so often. */
    record Interval(Period period, long count) implements ProbeTarget {}

    /** The units of {@link Profile} and {@link Interval}. */
    enum Period {
        HERTZ,
        NANOSECONDS,
        MICROSECONDS,
        MILLISECONDS,
        SECONDS
    }

    /** An event of the kernel's software. @param event as perf_event_open(2) numbers it @param period 0 for the default */
    record Software(int event, long period) implements ProbeTarget {}

    /** An event of the processor. @param event as perf_event_open(2) numbers it */
    record Hardware(int event, long period) implements ProbeTarget {}

    /** Accesses of memory. @param access of {@code r}, {@code w}, {@code x} */
    record Watchpoint(long address, int length, String access) implements ProbeTarget {}

    /** An iterator over objects of the kernel. @param kind {@code task} @param pin a path, empty if its text is read at once */
    record Iterator(String kind, Optional<String> pin) implements ProbeTarget {}
}
