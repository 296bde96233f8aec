package dev.skep.verifier.explain;

import java.util.Optional;

/** What to tell a loader without CAP_PERFMON, whose pointers must be guarded against what processors only guess. */
final class SpeculationAdvice {
    private static final String OR_CAPABILITY =
            "; or load the program with CAP_PERFMON, for which this rule does not hold";

    private SpeculationAdvice() {}

    /** Empty if the refusal is not about that. */
    static Optional<Advice> of(Refused refused) {
        String words = refused.kernelMessage();
        return words.contains("prohibited for !root") ? Optional.of(advice(words)) : Optional.empty();
    }

    private static Advice advice(String words) {
        if (words.contains("mixed signed bounds")) {
            return advice(
                    "the number that is added may be negative or not, so that it cannot be masked against speculation",
                    "make it unsigned and mask it right before (`i &= 15`), or compare it with 0 and with its limit before");
        }
        if (words.contains("different maps, paths or scalars")) {
            return advice(
                    "this instruction moves a pointer by other amounts, or adds plain numbers, on other paths: it can have one mask only",
                    "bound the number in the same way on every path, right before the addition (`i &= 15`), or give each path an addition of"
                            + " its own");
        }
        if (words.contains("unsupported alu operation")) {
            return advice(
                    "only pointers to map values and to the stack may be moved by a register: others cannot be masked against speculation",
                    "move it by constants, or read through a helper that takes an offset, as bpf_skb_load_bytes() and bpf_xdp_load_bytes() do");
        }
        if (words.contains("beyond pointer bounds") || words.contains("goes out of range")) {
            return advice(
                    "the pointer would leave its memory here, if only for a moment, and speculation could use it there",
                    "compute the whole offset as a number first, bound it, and move the pointer once");
        }
        return advice(
                "a pointer to the stack must be at a known offset, as speculation is not masked there",
                "use constant offsets into the stack, or an array map for what is indexed");
    }

    private static Advice advice(String message, String suggestion) {
        return Advice.of(message, suggestion + OR_CAPABILITY);
    }
}
