package dev.skep.verifier.repair;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.Optional;

/**
 * A change of a program that may make it acceptable. Slots are those of the program before the change; registers are numbers from
 * 0 to 10.
 */
sealed interface Repair {
    /** What a {@link Guard} lets pass. */
    enum Passes {
        /** Any number or pointer but 0. */
        NOT_ZERO(Opcode.BPF_JNE),
        /** Unsigned, up to the limit. */
        AT_MOST(Opcode.BPF_JLE),
        /** Signed, from the limit on. */
        SIGNED_AT_LEAST(Opcode.BPF_JSGE);

        private final int jump;

        Passes(int jump) {
            this.jump = jump;
        }

        int jump() {
            return jump;
        }
    }

    /**
     * Leaves the function before the instruction at {@code slot} unless a register passes a comparison.
     *
     * @param result what it then returns
     */
    record Guard(int slot, int register, Passes passes, int limit, int result) implements Repair {
        static Guard againstNull(int slot, int register, int result) {
            return new Guard(slot, register, Passes.NOT_ZERO, 0, result);
        }
    }

    /**
     * Leaves the function before the instruction at {@code slot} unless the packet has so many bytes from a pointer on.
     *
     * @param end where the packet's end can be had, if it is somewhere
     * @param context where the context can be had otherwise
     * @param bytes to be there, counted from the pointer
     */
    record PacketGuard(
            int slot,
            int register,
            int bytes,
            Optional<ValueHome> end,
            ValueHome context,
            PacketFields fields,
            int result)
            implements Repair {}

    /** Reads a packet pointer from the context again before the instruction at {@code slot}. @param offset from the packet's start */
    record ReloadPacket(int slot, int register, int offset, ValueHome context, PacketFields fields) implements Repair {}

    /** {@code register &= mask} before the instruction at {@code slot}. */
    record Mask(int slot, int register, int mask) implements Repair {}

    /** {@code register = value} before the instruction at {@code slot}. */
    record Assign(int slot, int register, int value) implements Repair {}

    /** Writes 0 to whole stack slots before the instruction at {@code slot}. @param offset of the first byte from the frame pointer */
    record ClearStack(int slot, int offset, int size) implements Repair {}

    /** Keeps a register that the call at {@code slot} overwrites. */
    record KeepAcrossCall(int slot, int register) implements Repair {}

    /** Puts an argument on the stack and gives its address to the call at {@code slot}. */
    record PassAddress(int slot, int register) implements Repair {}

    /** Gives the context to the call at {@code slot}. */
    record PassContext(int slot, int register, ValueHome context) implements Repair {}

    /** Turns the condition of the jump at {@code slot} round. */
    record TurnCondition(int slot) implements Repair {}

    /** Reads by a helper that copies from any address what the instruction at {@code slot} loads. */
    record ReadByHelper(int slot, int helper) implements Repair {}

    /** Makes several smaller accesses of the one at {@code slot}. @param size of each */
    record SplitAccess(int slot, int size) implements Repair {}

    /** Another instruction in the place of the one at {@code slot}. */
    record Replace(int slot, Instruction instruction) implements Repair {}

    /** Nothing in the place of the instruction at {@code slot}; for a call, the result 0. */
    record Remove(int slot) implements Repair {}

    /** Where something is inserted. */
    enum Side {
        /** Before the instruction. */
        BEFORE,
        /** After the instruction; who jumps to the next one passes by. */
        AFTER,
        /** After the instruction, a conditional jump, if it does not jump. */
        GOING_ON,
        /** On the way of the instruction, a conditional jump, if it jumps. */
        JUMPING
    }

    /** Gives something back at the instruction at {@code slot}. @param helper that takes it, and 0 as flags if it wants any */
    record Release(int slot, Side side, ValueHome home, int helper) implements Repair {}

    /** Counts how often the instruction at {@code slot} is reached, and leaves the function after so many times. */
    record LimitRounds(int slot, int rounds, int result) implements Repair {}

    /** Makes a global function static: verified where it is called. @param function index into the object's functions */
    record MakeStatic(int function) implements Repair {}

    /** Puts the object under the GPL. */
    record MakeGpl() implements Repair {}

    /** Lets the program sleep. */
    record MakeSleepable() implements Repair {}
}
