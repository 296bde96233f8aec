package dev.skep.verifier.transfer;

import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import java.util.OptionalLong;

/** A look-up in an array at a known index inside it always finds something ({@code get_constant_map_key}). */
final class ConstantKey {
    private static final int KEY_REGISTER = 2;

    private ConstantKey() {}

    /** Whether the look-up that is about to happen cannot give null. */
    static boolean findsAlways(ProgramState state, Environment environment, HelperId helper, MapDescriptor map) {
        boolean array = map.type() == MapType.ARRAY || map.type() == MapType.PERCPU_ARRAY;
        if (helper != HelperId.MAP_LOOKUP_ELEM || !array || environment.unprivileged()) {
            return false;
        }
        OptionalLong index = index(state, environment, map.keySize());
        return index.isPresent()
                && index.getAsLong() >= 0
                && index.getAsLong() < Integer.toUnsignedLong(map.spec().maxEntries());
    }

    private static OptionalLong index(ProgramState state, Environment environment, int size) {
        if (!(state.register(KEY_REGISTER) instanceof Pointer key)
                || !(key.region() instanceof Region.Stack stack)
                || !key.hasConstantOffset()) {
            return OptionalLong.empty();
        }
        int offset = (int) key.constantOffset();
        Frame frame = state.frame(stack.frame());
        int index = Frame.slotOf(offset);
        StackSlot slot = frame.slot(index);
        int from = Frame.byteOf(offset);
        if (count(slot, from, SlotByte.ZERO) >= size) {
            return OptionalLong.of(0);
        }
        // The index has to be what was stored, not a part of something larger.
        boolean stored = slot.at(0) == SlotByte.SPILL && count(slot, from, SlotByte.SPILL) == size;
        if (!stored || !(slot.spilled() instanceof Scalar number) || !number.range().isConstant()) {
            return OptionalLong.empty();
        }
        environment.paths().markSlotPrecise(state, stack.frame(), index);
        return OptionalLong.of(number.range().constant());
    }

    /** How many bytes of this kind there are from {@code first} upwards. */
    private static int count(StackSlot slot, int first, SlotByte kind) {
        int at = first;
        while (at < StackSlot.SIZE && slot.at(at) == kind) {
            at++;
        }
        return at - first;
    }
}
