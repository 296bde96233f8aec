package dev.skep.trace.check;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** In which probes functions can be called, where it is not in all (bpftrace's standard library, "Supported probes"). */
final class Availability {
    private static final Set<ProbeKind> SIGNALS = EnumSet.complementOf(EnumSet.of(
            ProbeKind.BEGIN,
            ProbeKind.END,
            ProbeKind.SELF,
            ProbeKind.TEST,
            ProbeKind.BENCH,
            ProbeKind.INTERVAL,
            ProbeKind.SOFTWARE,
            ProbeKind.HARDWARE,
            ProbeKind.ITERATOR));

    private static final Set<ProbeKind> FUNCTIONS = EnumSet.of(ProbeKind.FENTRY, ProbeKind.FEXIT);
    private static final Set<ProbeKind> PROCESSES = EnumSet.of(ProbeKind.UPROBE, ProbeKind.URETPROBE, ProbeKind.USDT);

    private static final Map<String, Set<ProbeKind>> PROBES = Map.of(
            "signal", SIGNALS,
            "signal_thread", SIGNALS,
            "override", EnumSet.of(ProbeKind.KPROBE),
            "path", EnumSet.of(ProbeKind.FENTRY, ProbeKind.FEXIT, ProbeKind.ITERATOR),
            "skboutput", EnumSet.of(ProbeKind.FENTRY, ProbeKind.FEXIT, ProbeKind.TRACEPOINT, ProbeKind.RAW_TRACEPOINT),
            "socket_cookie", FUNCTIONS,
            "uaddr", PROCESSES);

    private Availability() {}

    /** Whether a function can be called in probes of a kind. */
    static boolean allows(String function, ProbeKind kind) {
        if (function.equals("reg")) {
            return kind.hasRegisters();
        }
        Set<ProbeKind> kinds = PROBES.get(function);
        return kinds == null || kinds.contains(kind);
    }
}
