package dev.skep.object.attach;

import java.util.List;
import java.util.OptionalInt;

/**
 * Places in running code: tracepoints, functions of the kernel and of programs, performance events, iterators.
 *
 * <p>A {@code cookie} is a number that the program gets from {@code bpf_get_attach_cookie()}, so that one program can
 * tell where it was attached; 0 is for none.
 */
public sealed interface ProbePoint extends AttachPoint {
    /** A tracepoint through perf: {@code sched/sched_switch}. */
    record Tracepoint(String category, String name, long cookie) implements ProbePoint {
        /** Without a cookie. */
        public Tracepoint(String category, String name) {
            this(category, name, 0);
        }

        @Override
        public String describe() {
            return "tracepoint " + category + "/" + name;
        }
    }

    /** A tracepoint with its raw arguments: {@code sched_switch}. A cookie needs Linux 6.10. */
    record RawTracepoint(String name, long cookie) implements ProbePoint {
        /** Without a cookie. */
        public RawTracepoint(String name) {
            this(name, 0);
        }

        @Override
        public String describe() {
            return "raw tracepoint " + name;
        }
    }

    /**
     * The place that the program was loaded for by its BTF id: a tracepoint ({@code tp_btf}), a kernel function ({@code
     * fentry}, {@code fexit}, {@code fmod_ret}) or an LSM hook.
     *
     * @param target what that was, for messages: {@code fentry/vfs_read}
     */
    record BtfTracing(String target, long cookie) implements ProbePoint {
        /** Without a cookie. */
        public BtfTracing(String target) {
            this(target, 0);
        }

        @Override
        public String describe() {
            return target;
        }
    }

    /**
     * A global function of another BPF program, which an {@code freplace} program takes the place of.
     *
     * @param function its name
     * @param programId the id of the program it belongs to; empty for the one it was loaded for
     */
    record Replacement(String function, OptionalInt programId) implements ProbePoint {
        /** The function that the program was loaded for. */
        public Replacement(String function) {
            this(function, OptionalInt.empty());
        }

        @Override
        public String describe() {
            return "function " + function + (programId.isPresent() ? " of program " + programId.getAsInt() : "");
        }
    }

    /**
     * A place in the kernel's code.
     *
     * @param function a symbol of {@code /proc/kallsyms}; "" if {@code offset} is an address
     * @param offset in bytes behind the function's entry; not for a return
     */
    record Kprobe(String function, long offset, boolean atReturn, long cookie, ProbeMode mode) implements ProbePoint {
        /** The entry of a function. */
        public static Kprobe entry(String function) {
            return new Kprobe(function, 0, false, 0, ProbeMode.ANY);
        }

        /** The return of a function. */
        public static Kprobe exit(String function) {
            return new Kprobe(function, 0, true, 0, ProbeMode.ANY);
        }

        @Override
        public String describe() {
            return (atReturn ? "kretprobe " : "kprobe ") + ProbePoint.place(function, offset);
        }
    }

    /**
     * A system call by its name without prefix: {@code unlinkat}. What the kernel calls its function depends on the
     * machine.
     */
    record Ksyscall(String name, boolean atReturn, long cookie) implements ProbePoint {
        @Override
        public String describe() {
            return (atReturn ? "return of " : "") + "system call " + name;
        }
    }

    /**
     * Many functions of the kernel at once (Linux 5.18; {@link ProbeMoment#SESSION} 6.10).
     *
     * @param cookies one for each of the functions named, or none
     */
    record KprobeMulti(FunctionSelection functions, ProbeMoment moment, List<Long> cookies) implements ProbePoint {
        public KprobeMulti {
            cookies = List.copyOf(cookies);
        }

        @Override
        public String describe() {
            return "kernel functions " + functions.describe() + ProbePoint.at(moment);
        }
    }

    /**
     * A place in a program or library.
     *
     * @param binary a path, or a name to be looked for: {@code libc.so.6}, {@code c}, {@code bash}
     * @param symbol a function, {@code name@VERSION} where one of several versions is meant; "" if {@code offset} is
     *     one in the file
     * @param offset in bytes behind the symbol, or from the start of the file; not for a return
     * @param pid the only process observed, whose files are meant by {@code binary}; empty for all
     * @param referenceCounter the file offset of a counter that the kernel increments while the probe is there; 0 for
     *     none
     */
    record Uprobe(
            String binary,
            String symbol,
            long offset,
            OptionalInt pid,
            boolean atReturn,
            long referenceCounter,
            long cookie,
            ProbeMode mode)
            implements ProbePoint {
        /** The entry of a function, in all processes. */
        public static Uprobe entry(String binary, String symbol) {
            return new Uprobe(binary, symbol, 0, OptionalInt.empty(), false, 0, 0, ProbeMode.ANY);
        }

        /** The return of a function, in all processes. */
        public static Uprobe exit(String binary, String symbol) {
            return new Uprobe(binary, symbol, 0, OptionalInt.empty(), true, 0, 0, ProbeMode.ANY);
        }

        /** A place in a file, in all processes. */
        public static Uprobe offset(String binary, long offset) {
            return new Uprobe(binary, "", offset, OptionalInt.empty(), false, 0, 0, ProbeMode.ANY);
        }

        /** The same place in one process. */
        public Uprobe in(int process) {
            return new Uprobe(
                    binary, symbol, offset, OptionalInt.of(process), atReturn, referenceCounter, cookie, mode);
        }

        /** The same place with a cookie. */
        public Uprobe withCookie(long number) {
            return new Uprobe(binary, symbol, offset, pid, atReturn, referenceCounter, number, mode);
        }

        /** The same place, probed in a certain way. */
        public Uprobe by(ProbeMode way) {
            return new Uprobe(binary, symbol, offset, pid, atReturn, referenceCounter, cookie, way);
        }

        @Override
        public String describe() {
            return (atReturn ? "uretprobe " : "uprobe ") + binary + ":" + ProbePoint.place(symbol, offset)
                    + ProbePoint.in(pid);
        }
    }

    /**
     * Many functions of a program or library at once (Linux 6.6; {@link ProbeMoment#SESSION} 6.13).
     *
     * @param binary as in {@link Uprobe}
     * @param referenceCounters as in {@link Uprobe}, one for each of the functions, or none
     * @param cookies one for each of the functions, or none
     */
    record UprobeMulti(
            String binary,
            FunctionSelection functions,
            ProbeMoment moment,
            OptionalInt pid,
            List<Long> referenceCounters,
            List<Long> cookies)
            implements ProbePoint {
        public UprobeMulti {
            referenceCounters = List.copyOf(referenceCounters);
            cookies = List.copyOf(cookies);
        }

        /** Functions in all processes, without cookies. */
        public UprobeMulti(String binary, FunctionSelection functions, ProbeMoment moment) {
            this(binary, functions, moment, OptionalInt.empty(), List.of(), List.of());
        }

        @Override
        public String describe() {
            return "functions " + functions.describe() + " of " + binary + ProbePoint.at(moment) + ProbePoint.in(pid);
        }
    }

    /** A tracepoint that a program or library defines: {@code libjvm.so}'s {@code hotspot:gc__begin}. */
    record Usdt(String binary, String provider, String name, OptionalInt pid, long cookie) implements ProbePoint {
        /** In all processes, without a cookie. */
        public Usdt(String binary, String provider, String name) {
            this(binary, provider, name, OptionalInt.empty(), 0);
        }

        @Override
        public String describe() {
            return "USDT " + provider + ":" + name + " of " + binary + ProbePoint.in(pid);
        }
    }

    /**
     * A counter of performance events.
     *
     * @param pid the only process observed, or the only thread, by a number that is not its process's; empty for all
     * @param cpu the only CPU observed; empty for all
     */
    record PerfEvent(PerfSource source, Sampling sampling, OptionalInt pid, OptionalInt cpu, long cookie)
            implements ProbePoint {
        /** On all CPUs, whatever runs there. */
        public PerfEvent(PerfSource source, Sampling sampling) {
            this(source, sampling, OptionalInt.empty(), OptionalInt.empty(), 0);
        }

        @Override
        public String describe() {
            String where = cpu.isPresent() ? " on CPU " + cpu.getAsInt() : "";
            return "perf event " + source.describe() + " " + sampling.describe() + where + ProbePoint.in(pid);
        }
    }

    /** The program is called for each thing of a kind when somebody reads. @param kind for messages: {@code task} */
    record Iterator(String kind, IteratorScope scope) implements ProbePoint {
        /** All there is of the kind. */
        public Iterator(String kind) {
            this(kind, new IteratorScope.Everything());
        }

        @Override
        public String describe() {
            return "iterator " + kind + scope.describe();
        }
    }

    private static String place(String symbol, long offset) {
        String number = "0x" + Long.toHexString(offset);
        return symbol.isEmpty() ? number : offset == 0 ? symbol : symbol + "+" + number;
    }

    private static String at(ProbeMoment moment) {
        return switch (moment) {
            case ENTRY -> "";
            case RETURN -> " at their return";
            case SESSION -> " at entry and return";
        };
    }

    private static String in(OptionalInt pid) {
        return pid.isPresent() ? " in process " + pid.getAsInt() : "";
    }
}
