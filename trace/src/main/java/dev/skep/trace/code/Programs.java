package dev.skep.trace.code;

import dev.skep.compiler.type.CType;
import dev.skep.trace.check.Attachment;
import dev.skep.trace.plan.ProbeTarget;
import java.util.List;

/** How the programs of probes are declared: in which section, so of which type, and under which name. */
final class Programs {
    static final CType.Scalar U64 = new CType.Scalar("unsigned long", 8, CType.Scalar.Encoding.UNSIGNED);
    static final CType.Scalar INT = new CType.Scalar("int", 4, CType.Scalar.Encoding.SIGNED);

    /** An {@code int} function of the context. */
    static final CType.Prototype PROTOTYPE =
            new CType.Prototype(INT, List.of(new CType.Parameter("ctx", new CType.Pointer(CType.VOID))));

    /** At the end of sections whose programs are attached to several functions by one link. */
    private static final String MANY = ".multi";

    private static final int LONGEST_NAME = 40;

    private Programs() {}

    /** In libbpf's words. Programs that the tracer runs itself are raw tracepoints' without a tracepoint. */
    static String section(ProbeTarget target) {
        return switch (target) {
            case ProbeTarget.Begin begin -> "raw_tp";
            case ProbeTarget.End end -> "raw_tp";
            case ProbeTarget.SelfSignal signal -> "raw_tp";
            case ProbeTarget.Test test -> "raw_tp";
            case ProbeTarget.Bench bench -> "raw_tp";
            case ProbeTarget.Kprobe kprobe ->
                (kprobe.isReturn() ? "kretprobe" : "kprobe")
                        + (kprobe.functions().size() > 1 ? MANY : "");
            case ProbeTarget.Fentry fentry -> (fentry.isReturn() ? "fexit/" : "fentry/") + fentry.function();
            case ProbeTarget.FentryProgram program -> program.isReturn() ? "fexit" : "fentry";
            case ProbeTarget.Tracepoint tracepoint -> "tracepoint/" + tracepoint.category() + "/" + tracepoint.event();
            case ProbeTarget.RawTracepoint raw -> (raw.typed() ? "tp_btf/" : "raw_tp/") + raw.event();
            case ProbeTarget.Uprobe uprobe ->
                (uprobe.isReturn() ? "uretprobe" : "uprobe") + (uprobe.symbols().size() > 1 ? MANY : "");
            case ProbeTarget.Usdt usdt -> "uprobe";
            case ProbeTarget.Profile profile -> "perf_event";
            case ProbeTarget.Interval interval -> "perf_event";
            case ProbeTarget.Software software -> "perf_event";
            case ProbeTarget.Hardware hardware -> "perf_event";
            case ProbeTarget.Watchpoint watchpoint -> "perf_event";
            case ProbeTarget.Iterator iterator -> "iter/" + iterator.kind();
        };
    }

    /** A symbol for a program. @param number tells programs with alike names apart */
    static String name(Attachment attachment, int number) {
        String plain = attachment.name().replaceAll("[^A-Za-z0-9]+", "_");
        String shortened = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
        return shortened + "_" + (number + 1);
    }
}
