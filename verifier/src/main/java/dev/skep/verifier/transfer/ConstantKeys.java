package dev.skep.verifier.transfer;

import dev.skep.object.map.MapType;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import java.util.OptionalLong;

/** Look-ups in arrays at an index that is known: they find a value ({@code get_constant_map_key}). */
final class ConstantKeys {
    private final Environment environment;

    ConstantKeys(Environment environment) {
        this.environment = environment;
    }

    /** Notes that the look-up whose key is in {@code register} cannot fail. */
    void note(ProgramState state, int register, CallFacts facts) {
        MapDescriptor map = facts.map.orElseThrow();
        boolean array = map.type() == MapType.ARRAY || map.type() == MapType.PERCPU_ARRAY;
        if (!array
                || !environment.kernel().has(KernelFeature.KNOWN_INDEXES)
                || !environment.has(Capability.BPF)
                || !(state.register(register) instanceof Pointer pointer)) {
            return;
        }
        OptionalLong key = key(state, pointer, map.keySize());
        boolean found = key.isPresent()
                && key.getAsLong() >= 0
                && key.getAsLong() < map.spec().maxEntries();
        if (found) {
            environment.noteKnownIndex();
        }
        facts.found = found;
    }

    private OptionalLong key(ProgramState state, Pointer pointer, int size) {
        if (!(pointer.region() instanceof Region.Stack stack) || !pointer.hasConstantOffset()) {
            return OptionalLong.empty();
        }
        int offset = (int) pointer.constantOffset();
        int index = Frame.slotOf(offset);
        StackSlot slot = state.frame(stack.frame()).slot(index);
        if (isZero(slot, Frame.byteOf(offset), size)) {
            return OptionalLong.of(0);
        }
        boolean whole = Frame.byteOf(offset) == 0 && slot.hasSpill() && slot.spillSize() == size;
        if (!whole
                || !(slot.spilled() instanceof Scalar number)
                || !number.range().isConstant()) {
            return OptionalLong.empty();
        }
        environment.paths().markSlotPrecise(state, stack.frame(), index);
        return OptionalLong.of(number.range().constant());
    }

    private static boolean isZero(StackSlot slot, int first, int size) {
        for (int i = first; i < first + size; i++) {
            if (i >= StackSlot.SIZE || slot.at(i) != SlotByte.ZERO) {
                return false;
            }
        }
        return true;
    }
}
