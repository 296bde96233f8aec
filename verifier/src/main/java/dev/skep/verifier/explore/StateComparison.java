package dev.skep.verifier.explore;

import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.RegisterLiveness;
import dev.skep.verifier.state.Checkpoint;
import dev.skep.verifier.state.Entry;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.state.SlotByte;
import dev.skep.verifier.state.StackObject;
import dev.skep.verifier.state.StackSlot;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Uninitialized;
import dev.skep.verifier.value.Value;
import java.util.List;
import java.util.Set;

/**
 * Whether a state is covered by one that was explored before: whatever the program may do from the new one it may do from the
 * old, so that it need not be followed again.
 */
final class StateComparison {
    /** How closely numbers are compared. */
    enum Exactness {
        /** Numbers that did not matter after the old state do not matter. For old states that are explored to the end. */
        BY_NEED,
        /** All numbers lie in the old ranges. For loops, where what will matter is not known yet. */
        WITHIN,
        /** Nothing changed at all: the program runs in a circle. */
        EXACT
    }

    private final ProgramCode code;
    private final RegisterLiveness liveness;
    private final IdMatch ids = new IdMatch();
    /** Which numbers decided something is not looked for. */
    private final boolean allNumbersMatter;
    /** Stack bytes that nothing was written to can be read like any others. */
    private final boolean unwrittenIsReadable;

    private boolean onlySameNumbers;

    /** @param capabilities what who loads the program has */
    StateComparison(ProgramCode code, RegisterLiveness liveness, Set<Capability> capabilities) {
        this.code = code;
        this.liveness = liveness;
        allNumbersMatter = !capabilities.contains(Capability.BPF);
        unwrittenIsReadable = capabilities.contains(Capability.PERFMON);
    }

    /** From now on two numbers are alike only if they are the same. */
    void compareNumbersExactly() {
        onlySameNumbers = true;
    }

    boolean covers(Checkpoint old, ProgramState current, Exactness exactness) {
        ProgramState before = old.state();
        if (before.frameCount() != current.frameCount()
                || (before.speculative() && !current.speculative())
                || before.rcuDepth() != current.rcuDepth()
                || before.preemptDepth() != current.preemptDepth()
                || before.sleepable() != current.sleepable()) {
            return false;
        }
        ids.clear();
        if (!sameHeld(before.held(), current.held())) {
            return false;
        }
        for (int depth = 0; depth < before.frameCount(); depth++) {
            if (!sameEntry(before.frame(depth).entry(), current.frame(depth).entry())
                    || !coversFrame(old, before.frame(depth), current, current.frame(depth), exactness)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameEntry(Entry old, Entry current) {
        return old.callSite() == current.callSite() && old.function() == current.function();
    }

    private boolean sameHeld(List<Held> old, List<Held> current) {
        if (old.size() != current.size()) {
            return false;
        }
        for (int i = 0; i < old.size(); i++) {
            if (old.get(i).kind() != current.get(i).kind()
                    || !ids.same(old.get(i).id(), current.get(i).id())
                    || !old.get(i).lockIn().equals(current.get(i).lockIn())) {
                return false;
            }
        }
        return true;
    }

    private boolean coversFrame(
            Checkpoint checkpoint, Frame old, ProgramState state, Frame current, Exactness exactness) {
        if (old.callbackDepth() > current.callbackDepth()) {
            return false;
        }
        int depth = old.depth();
        int live = depth == state.frameCount() - 1
                ? liveness.before(state.slot())
                : liveAfterReturn(state.frame(depth + 1).entry());
        int precise = checkpoint.preciseRegisters(depth);
        for (int r = 0; r < Frame.FRAME_POINTER; r++) {
            boolean matters = (live >>> r & 1) != 0;
            if (matters && !coversValue(old.register(r), current.register(r), (precise >>> r & 1) != 0, exactness)) {
                return false;
            }
        }
        return coversStack(checkpoint, old, current, exactness);
    }

    private int liveAfterReturn(Entry callee) {
        int call = callee.callSite();
        if (call < 0) {
            return (1 << Frame.REGISTERS) - 1;
        }
        int after = call + 1 < code.slotCount() ? liveness.before(call + 1) : 0;
        return callee.callback().isPresent() ? after | liveness.before(call) : after;
    }

    private boolean coversValue(Value old, Value current, boolean precise, Exactness exactness) {
        if (exactness == Exactness.EXACT) {
            return sameValue(old, current);
        }
        if (old.isUninitialized()) {
            return exactness == Exactness.BY_NEED || current.isUninitialized();
        }
        return switch (old) {
            case Scalar scalar -> current instanceof Scalar other && coversScalar(scalar, other, precise, exactness);
            case Pointer pointer -> current instanceof Pointer other && coversPointer(pointer, other);
            default -> false;
        };
    }

    private boolean coversScalar(Scalar old, Scalar current, boolean precise, Exactness exactness) {
        if (onlySameNumbers) {
            return sameValue(old, current);
        }
        if (!precise && !allNumbersMatter && exactness == Exactness.BY_NEED) {
            return true;
        }
        return old.linked() == current.linked()
                && old.narrow() == current.narrow()
                && old.delta() == current.delta()
                && IdMatch.within(old.range(), current.range())
                && ids.sameScalar(old.id(), current.id());
    }

    private boolean coversPointer(Pointer old, Pointer current) {
        if (old.maybeNull() != current.maybeNull() || !old.region().equals(current.region())) {
            return false;
        }
        return switch (old.region()) {
            case Region.Arena arena -> true;
            case Region.Packet packet ->
                reachesAsFar(old.available(), current.available())
                        && old.offset() == current.offset()
                        && ids.same(old.id(), current.id())
                        && IdMatch.within(old.variable(), current.variable());
            case Region.MapValue value -> coversOffsets(old, current);
            case Region.MapKey key -> coversOffsets(old, current);
            case Region.Memory memory -> coversOffsets(old, current);
            case Region.Buffer buffer -> coversOffsets(old, current);
            case Region.TracepointBuffer buffer -> coversOffsets(old, current);
            default -> sameValue(old, current);
        };
    }

    /** A pointer known to be at or beyond the packet's end decides later comparisons: no other is like it. */
    private static boolean reachesAsFar(int old, int current) {
        return old == current || (old >= 0 && old <= current);
    }

    private boolean coversOffsets(Pointer old, Pointer current) {
        return old.offset() == current.offset()
                && IdMatch.within(old.variable(), current.variable())
                && ids.same(old.id(), current.id())
                && ids.same(old.referenceId(), current.referenceId());
    }

    private boolean sameValue(Value old, Value current) {
        if (old instanceof Scalar a && current instanceof Scalar b) {
            return a.range().equals(b.range())
                    && a.linked() == b.linked()
                    && a.narrow() == b.narrow()
                    && a.delta() == b.delta()
                    && ids.same(a.id(), b.id());
        }
        if (old instanceof Pointer a && current instanceof Pointer b) {
            return a.region().equals(b.region())
                    && a.maybeNull() == b.maybeNull()
                    && a.offset() == b.offset()
                    && a.available() == b.available()
                    && a.variable().equals(b.variable())
                    && ids.same(a.id(), b.id())
                    && ids.same(a.referenceId(), b.referenceId());
        }
        return old.isUninitialized() && current.isUninitialized();
    }

    private boolean coversStack(Checkpoint checkpoint, Frame old, Frame current, Exactness exactness) {
        int slots =
                exactness == Exactness.BY_NEED ? old.stackSlots() : Math.max(old.stackSlots(), current.stackSlots());
        long read = exactness == Exactness.BY_NEED ? checkpoint.readSlots(old.depth()) : -1L;
        long precise = checkpoint.preciseSlots(old.depth());
        for (int i = 0; i < slots; i++) {
            if ((read >>> i & 1) != 0
                    && !coversSlot(old.slot(i), current.slot(i), (precise >>> i & 1) != 0, exactness)) {
                return false;
            }
        }
        return true;
    }

    private boolean coversSlot(StackSlot old, StackSlot current, boolean precise, Exactness exactness) {
        if (exactness != Exactness.BY_NEED && old.bytes() != current.bytes()) {
            return false;
        }
        Value oldNumber = asNumber(old);
        Value newNumber = asNumber(current);
        if (oldNumber instanceof Scalar && newNumber instanceof Scalar) {
            return coversValue(oldNumber, newNumber, precise, exactness);
        }
        for (int i = 0; i < StackSlot.SIZE; i++) {
            if (!coversByte(old.at(i), current.at(i))) {
                return false;
            }
        }
        if (old.object().isPresent()) {
            return current.object().isPresent()
                    && sameObject(old.object().get(), current.object().get());
        }
        return !old.hasSpill()
                || (old.isFullSpill() == current.isFullSpill()
                        && coversValue(old.spilled(), current.spilled(), precise, exactness));
    }

    /** Eight bytes as the number a load would give: a spilled one, or an unknown one. */
    private Value asNumber(StackSlot slot) {
        if (slot.isFullSpill()) {
            return slot.spilled();
        }
        for (int i = 0; i < StackSlot.SIZE; i++) {
            SlotByte kind = slot.at(i);
            if (kind != SlotByte.MISC && !(kind == SlotByte.INVALID && unwrittenIsReadable)) {
                return Uninitialized.INSTANCE;
            }
        }
        return Scalar.UNKNOWN;
    }

    private boolean coversByte(SlotByte old, SlotByte current) {
        return old == current
                || old == SlotByte.INVALID
                || (old == SlotByte.MISC
                        && (current == SlotByte.ZERO || (current == SlotByte.INVALID && unwrittenIsReadable)));
    }

    private boolean sameObject(StackObject old, StackObject current) {
        return switch (old) {
            case StackObject.Dynptr a ->
                current instanceof StackObject.Dynptr b
                        && a.kind() == b.kind()
                        && a.first() == b.first()
                        && a.readOnly() == b.readOnly()
                        && ids.same(a.id(), b.id())
                        && ids.same(a.referenceId(), b.referenceId());
            case StackObject.Iterator a ->
                current instanceof StackObject.Iterator b
                        && a.type().equals(b.type())
                        && a.drained() == b.drained()
                        && a.trust() == b.trust()
                        && a.first() == b.first()
                        && ids.same(a.referenceId(), b.referenceId());
            case StackObject.IrqFlag a ->
                current instanceof StackObject.IrqFlag b
                        && a.lock() == b.lock()
                        && ids.same(a.referenceId(), b.referenceId());
        };
    }
}
