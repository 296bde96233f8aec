package dev.skep.verifier.transfer;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What the kernel puts around and into instructions against speculation, as far as paths were followed: one instruction is guarded in one way,
 * whichever path comes to it ({@code struct bpf_insn_aux_data}).
 */
final class SpeculationGuards {
    private final BitSet barriersBefore = new BitSet();
    private final BitSet barriersAfter = new BitSet();
    private final Map<Integer, PointerMask> masks = new HashMap<>();

    /** No path that is only speculation comes to the instruction any more ({@code nospec}). What it was masked with is void. */
    void putBarrierBefore(int slot) {
        barriersBefore.set(slot);
        masks.remove(slot);
    }

    boolean hasBarrierBefore(int slot) {
        return barriersBefore.get(slot);
    }

    /** No path that is only speculation goes on after the instruction ({@code nospec_result}). */
    void putBarrierAfter(int slot) {
        barriersAfter.set(slot);
    }

    boolean hasBarrierAfter(int slot) {
        return barriersAfter.get(slot);
    }

    /** The instruction's operand is masked so. @return false if another path needs it to be masked otherwise */
    boolean mask(int slot, PointerMask mask) {
        PointerMask before = masks.putIfAbsent(slot, mask);
        return before == null || before.equals(mask);
    }
}
