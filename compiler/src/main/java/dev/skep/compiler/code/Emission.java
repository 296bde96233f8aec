package dev.skep.compiler.code;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Position;
import dev.skep.object.instruction.CpuVersion;
import dev.skep.object.instruction.Opcode;

/** Adds instructions to a machine function, in the forms that the target has. */
final class Emission {
    private final MachineFunction machine;
    private final CpuVersion version;
    private MachineBlock block;
    private Position position;

    Emission(MachineFunction machine, Target target) {
        this.machine = machine;
        this.version = target.instructionSet();
        this.block = machine.addBlock();
        this.position = machine.function().position();
    }

    MachineFunction machine() {
        return machine;
    }

    CpuVersion version() {
        return version;
    }

    /** Whether there is arithmetic on 32 bits, and jumps that compare 32 bits. */
    boolean hasNarrowArithmetic() {
        return version.compareTo(CpuVersion.V3) >= 0;
    }

    /** Whether there are signed division, sign-extending moves and loads, and stores of constants. */
    boolean hasSignedForms() {
        return version == CpuVersion.V4;
    }

    MachineBlock block() {
        return block;
    }

    /** Goes on in {@code other}. */
    void at(MachineBlock other) {
        block = other;
    }

    Position position() {
        return position;
    }

    void at(Position place) {
        position = place;
    }

    int newRegister() {
        return machine.newRegister();
    }

    void add(MachineInstruction instruction) {
        block.instructions().add(instruction);
    }

    /** Ends the current block so. */
    void end(MachineEnd end) {
        block.endWith(end);
    }

    /** Ends the current block by going on with {@code next}. */
    void go(MachineBlock next) {
        end(new MachineEnd.Go(next, position));
    }

    /** Copies all 64 bits. */
    void move(int destination, int source) {
        if (destination != source) {
            add(MachineInstruction.move(destination, source, position));
        }
    }

    /** A number, extended to 64 bits. */
    void load(int destination, long number) {
        if (number == (int) number) {
            add(instruction(Opcode.BPF_ALU64 | Opcode.BPF_MOV, destination, Registers.NONE, number));
        } else if (number >>> 32 == 0 && hasNarrowArithmetic()) {
            add(instruction(Opcode.BPF_ALU | Opcode.BPF_MOV, destination, Registers.NONE, (int) number));
        } else {
            add(instruction(Opcode.LDDW, destination, Registers.NONE, number));
        }
    }

    /** A number of 32 bits; the upper half is zero if there is arithmetic on 32 bits, otherwise the sign. */
    void loadNarrow(int destination, int number) {
        int opcode = hasNarrowArithmetic() ? Opcode.BPF_ALU : Opcode.BPF_ALU64;
        add(instruction(opcode | Opcode.BPF_MOV, destination, Registers.NONE, number));
    }

    /** Changes {@code destination} by the source register. @param code for example {@link Opcode#BPF_ADD} */
    void arithmetic(int code, boolean wide, int destination, int source) {
        add(instruction(arithmeticClass(wide) | code | Opcode.BPF_X, destination, source, 0));
    }

    /** Changes {@code destination} by a constant of 32 bits, sign-extended. */
    void arithmeticWithConstant(int code, boolean wide, int destination, long constant) {
        add(instruction(arithmeticClass(wide) | code, destination, Registers.NONE, constant));
    }

    /** As {@link #arithmetic}, in the signed form that an offset of 1 makes of a division. */
    void signedDivision(int code, boolean wide, int destination, int source) {
        int opcode = arithmeticClass(wide) | code | Opcode.BPF_X;
        add(MachineInstruction.of(opcode, destination, source, 1, 0, position));
    }

    /** As {@link #arithmeticWithConstant}, in the signed form of a division. */
    void signedDivisionByConstant(int code, boolean wide, int destination, long constant) {
        int opcode = arithmeticClass(wide) | code;
        add(MachineInstruction.of(opcode, destination, Registers.NONE, 1, constant, position));
    }

    /** Replaces a value by the opposite one. */
    void negate(boolean wide, int destination) {
        add(instruction(arithmeticClass(wide) | Opcode.BPF_NEG, destination, Registers.NONE, 0));
    }

    /** Replaces a value by its lowest bytes in the other order. */
    void swapBytes(int destination, Int width) {
        int opcode = hasSignedForms()
                ? Opcode.BPF_ALU64 | Opcode.BPF_END | Opcode.BPF_TO_LE
                : Opcode.BPF_ALU | Opcode.BPF_END | Opcode.BPF_TO_BE; // BPF as we compile it is little-endian
        add(instruction(opcode, destination, Registers.NONE, width.bits()));
    }

    /** The lowest bits of the source, zero-extended to 64 bits. */
    void zeroExtend(int destination, int source, Int from) {
        if (from == Int.I32 && hasNarrowArithmetic()) {
            add(instruction(Opcode.BPF_ALU | Opcode.BPF_MOV | Opcode.BPF_X, destination, source, 0));
        } else if (from == Int.I32) {
            move(destination, source);
            arithmeticWithConstant(Opcode.BPF_LSH, true, destination, 32);
            arithmeticWithConstant(Opcode.BPF_RSH, true, destination, 32);
        } else {
            move(destination, source);
            arithmeticWithConstant(Opcode.BPF_AND, true, destination, from == Int.I8 ? 0xff : 0xffff);
        }
    }

    /**
     * The lowest bits of the source, sign-extended.
     *
     * @param wide to 64 bits; otherwise to 32 with anything, or zero, in the upper half
     */
    void signExtend(int destination, int source, Int from, boolean wide) {
        if (hasSignedForms()) {
            int opcode = arithmeticClass(wide) | Opcode.BPF_MOV | Opcode.BPF_X;
            add(MachineInstruction.of(opcode, destination, source, from.bits(), 0, position));
            return;
        }
        boolean inWide = wide || !hasNarrowArithmetic();
        int distance = (inWide ? 64 : 32) - from.bits();
        move(destination, source);
        arithmeticWithConstant(Opcode.BPF_LSH, inWide, destination, distance);
        arithmeticWithConstant(Opcode.BPF_ARSH, inWide, destination, distance);
    }

    /** Ends the current block by a comparison with a register, or with a constant if {@code right} is none. */
    void branch(
            Comparison comparison,
            boolean wide,
            int left,
            int right,
            int constant,
            MachineBlock taken,
            MachineBlock otherwise) {
        end(new MachineEnd.Branch(comparison, wide, left, right, constant, taken, otherwise, position));
    }

    MachineInstruction instruction(int opcode, int destination, int source, long immediate) {
        return MachineInstruction.of(opcode, destination, source, 0, immediate, position);
    }

    private static int arithmeticClass(boolean wide) {
        return wide ? Opcode.BPF_ALU64 : Opcode.BPF_ALU;
    }
}
