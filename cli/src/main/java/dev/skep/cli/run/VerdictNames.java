package dev.skep.cli.run;

import dev.skep.cli.run.Verdict.Fate;
import dev.skep.object.program.ProgramType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What return values mean, by program type: {@code enum xdp_action} and {@code enum bpf_ret_code} of linux/bpf.h,
 * {@code TC_ACT_*} of linux/pkt_cls.h, {@code enum sk_action}; for socket filters and cgroup programs, where the kernel has
 * no names, a word.
 */
final class VerdictNames {
    private static final Map<Integer, Verdict> XDP = numbered(
            new Verdict("XDP_ABORTED", Fate.DROPPED),
            new Verdict("XDP_DROP", Fate.DROPPED),
            new Verdict("XDP_PASS", Fate.PASSES),
            new Verdict("XDP_TX", Fate.SENT),
            new Verdict("XDP_REDIRECT", Fate.SENT));

    private static final Map<Integer, Verdict> TC = withUnspecified(numbered(
            new Verdict("TC_ACT_OK", Fate.PASSES),
            new Verdict("TC_ACT_RECLASSIFY", Fate.PASSES),
            new Verdict("TC_ACT_SHOT", Fate.DROPPED),
            new Verdict("TC_ACT_PIPE", Fate.PASSES),
            new Verdict("TC_ACT_STOLEN", Fate.SENT),
            new Verdict("TC_ACT_QUEUED", Fate.SENT),
            new Verdict("TC_ACT_REPEAT", Fate.PASSES),
            new Verdict("TC_ACT_REDIRECT", Fate.SENT),
            new Verdict("TC_ACT_TRAP", Fate.SENT)));

    private static final Map<Integer, Verdict> FLOW_DISSECTOR = Map.of(
            0, new Verdict("BPF_OK", Fate.PASSES),
            2, new Verdict("BPF_DROP", Fate.DROPPED),
            129, new Verdict("BPF_FLOW_DISSECTOR_CONTINUE", Fate.PASSES));

    private static final Map<Integer, Verdict> LIGHTWEIGHT_TUNNEL = Map.of(
            0, new Verdict("BPF_OK", Fate.PASSES),
            2, new Verdict("BPF_DROP", Fate.DROPPED),
            7, new Verdict("BPF_REDIRECT", Fate.SENT),
            128, new Verdict("BPF_LWT_REROUTE", Fate.SENT));

    private static final Verdict ACCEPT = new Verdict("accept", Fate.PASSES);
    private static final Verdict DROP = new Verdict("drop", Fate.DROPPED);
    private static final Verdict ALLOW = new Verdict("allow", Fate.PASSES);
    private static final Verdict DENY = new Verdict("deny", Fate.DROPPED);
    private static final Verdict SK_PASS = new Verdict("SK_PASS", Fate.PASSES);
    private static final Verdict SK_DROP = new Verdict("SK_DROP", Fate.DROPPED);

    private VerdictNames() {}

    /** What the lower 32 bits of a program's r0 mean; empty for types whose programs do not decide about packets. */
    static Optional<Function<Integer, Verdict>> of(ProgramType type) {
        return switch (type) {
            // The kernel treats an action it does not know as XDP_ABORTED.
            case XDP -> Optional.of(r0 -> named(XDP, r0, "XDP_UNKNOWN", Fate.DROPPED));
            case SCHED_CLS, SCHED_ACT -> Optional.of(r0 -> named(TC, r0, "TC_ACT_UNKNOWN", Fate.PASSES));
            case SOCKET_FILTER -> Optional.of(r0 -> r0 == 0 ? DROP : ACCEPT);
            // Bit 0 allows; bit 1, at egress, reports congestion.
            case CGROUP_SKB -> Optional.of(r0 -> (r0 & 1) == 0 ? DENY : ALLOW);
            case FLOW_DISSECTOR -> Optional.of(r0 -> named(FLOW_DISSECTOR, r0, "BPF_UNKNOWN", Fate.DROPPED));
            case LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL ->
                Optional.of(r0 -> named(LIGHTWEIGHT_TUNNEL, r0, "BPF_UNKNOWN", Fate.DROPPED));
            case SK_SKB -> Optional.of(r0 -> r0 == 1 ? SK_PASS : SK_DROP);
            default -> Optional.empty();
        };
    }

    private static Verdict named(Map<Integer, Verdict> names, int r0, String unknown, Fate unknownFate) {
        Verdict verdict = names.get(r0);
        return verdict != null ? verdict : new Verdict(unknown + "_" + r0, unknownFate);
    }

    private static Map<Integer, Verdict> numbered(Verdict... verdicts) {
        Map<Integer, Verdict> byNumber = new TreeMap<>();
        for (int i = 0; i < verdicts.length; i++) {
            byNumber.put(i, verdicts[i]);
        }
        return byNumber;
    }

    private static Map<Integer, Verdict> withUnspecified(Map<Integer, Verdict> actions) {
        actions.put(-1, new Verdict("TC_ACT_UNSPEC", Fate.PASSES));
        return Map.copyOf(actions);
    }
}
