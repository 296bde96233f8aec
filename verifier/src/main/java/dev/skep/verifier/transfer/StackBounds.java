package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.scalar.RangeText;
import dev.skep.verifier.state.Frame;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;

/**
 * The stack bytes that an access through a pointer may touch: {@code first} to {@code end - 1}, counted from the frame pointer
 * and so negative.
 *
 * @param fixed the access goes to one known place
 */
record StackBounds(int first, int end, boolean fixed) {
    /** The most stack a frame may use ({@code MAX_BPF_STACK}). */
    static final int SIZE = 512;

    /**
     * Checks an access of {@code size} bytes.
     *
     * @param verb {@code " read from"}, {@code " write to"} or {@code ""}
     * @throws Refusal if it may lie outside the frame
     */
    static StackBounds check(
            ProgramState state,
            Environment environment,
            Pointer pointer,
            int register,
            int offset,
            int size,
            String verb) {
        boolean fixed = pointer.hasConstantOffset();
        long reach = (long) offset + pointer.offset();
        if (!fixed
                && (pointer.variable().smax() >= Pointer.MAX_OFFSET
                        || pointer.variable().smin() <= -Pointer.MAX_OFFSET)) {
            throw Refusal.ofRegister(
                    Cause.STACK_ACCESS, register, "invalid unbounded variable-offset" + verb + " stack R" + register);
        }
        long first = reach + pointer.variable().smin();
        long end = reach + pointer.variable().smax() + size;
        if (first < -SIZE || first > -1 || end > 0 || size < 0) {
            throw outside(pointer, register, fixed, reach, first, size, verb);
        }
        Region.Stack stack = (Region.Stack) pointer.region();
        Frame frame = state.frame(stack.frame());
        environment.growStack(frame.entry().function(), (int) -first);
        return new StackBounds((int) first, (int) end, fixed);
    }

    private static Refusal outside(
            Pointer pointer, int register, boolean fixed, long reach, long first, int size, String verb) {
        String message = fixed
                ? "invalid%s stack R%d off=%d size=%d".formatted(verb, register, first, size)
                : "invalid variable-offset%s stack R%d var_off=%s off=%d size=%d"
                        .formatted(
                                verb, register, RangeText.of(pointer.variable().bits()), reach, size);
        boolean tooMuch = fixed && register == Frame.FRAME_POINTER && first < -SIZE;
        return Refusal.ofRegister(tooMuch ? Cause.STACK_SIZE : Cause.STACK_ACCESS, register, message);
    }

    /** A bit for each slot that is touched. */
    long slots() {
        long slots = 0;
        for (int i = Frame.slotOf(end - 1); i <= Frame.slotOf(first); i++) {
            slots |= 1L << i;
        }
        return slots;
    }
}
