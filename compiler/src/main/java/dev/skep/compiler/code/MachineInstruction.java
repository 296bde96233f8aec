package dev.skep.compiler.code;

import dev.skep.compiler.ir.FieldPath;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.object.btf.CoreRelocationKind;
import dev.skep.object.instruction.Opcode;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * An instruction of BPF whose registers may still be virtual, and which may still name what has no number yet. Jumps are not among
 * them: they are how a {@link MachineBlock} ends.
 *
 * @param destination a register, {@link Registers#NONE} if the instruction has none
 * @param source as destination
 * @param immediate all 64 bits for {@code lddw}, otherwise 32, sign-extended
 * @param arguments of a call: how many registers from r1 on it reads
 * @param slot whose place in the frame is added: to the offset of memory accesses, otherwise to the immediate
 */
record MachineInstruction(
        int opcode,
        int destination,
        int source,
        int offset,
        long immediate,
        int arguments,
        Optional<StackSlot> slot,
        Optional<Symbol> symbol,
        Optional<Relocation> relocation,
        Position position) {

    /** What is to be relocated in an instruction. */
    record Relocation(CoreRelocationKind kind, FieldPath path) {}

    /** An instruction that refers to nothing. */
    static MachineInstruction of(
            int opcode, int destination, int source, int offset, long immediate, Position position) {
        return new MachineInstruction(
                opcode,
                destination,
                source,
                offset,
                immediate,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                position);
    }

    /** Copies all 64 bits. */
    static MachineInstruction move(int destination, int source, Position position) {
        return of(MOVE, destination, source, 0, 0, position);
    }

    /** {@code mov} of a register, 64 bits. */
    static final int MOVE = Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X;

    private static final int CODE_MASK = 0xf0;
    private static final int MODE_MASK = 0xe0;

    MachineInstruction withRegisters(int newDestination, int newSource) {
        return new MachineInstruction(
                opcode, newDestination, newSource, offset, immediate, arguments, slot, symbol, relocation, position);
    }

    MachineInstruction withSlot(StackSlot frameSlot) {
        return new MachineInstruction(
                opcode,
                destination,
                source,
                offset,
                immediate,
                arguments,
                Optional.of(frameSlot),
                symbol,
                relocation,
                position);
    }

    MachineInstruction withSymbol(Symbol referred) {
        return new MachineInstruction(
                opcode,
                destination,
                source,
                offset,
                immediate,
                arguments,
                slot,
                Optional.of(referred),
                relocation,
                position);
    }

    MachineInstruction withRelocation(CoreRelocationKind kind, FieldPath path) {
        return new MachineInstruction(
                opcode,
                destination,
                source,
                offset,
                immediate,
                arguments,
                slot,
                symbol,
                Optional.of(new Relocation(kind, path)),
                position);
    }

    MachineInstruction withArguments(int count) {
        return new MachineInstruction(
                opcode, destination, source, offset, immediate, count, slot, symbol, relocation, position);
    }

    MachineInstruction at(Position place) {
        return new MachineInstruction(
                opcode, destination, source, offset, immediate, arguments, slot, symbol, relocation, place);
    }

    /** True for a 64-bit copy of a register, which nothing needs if both are the same. */
    boolean isMove() {
        return opcode == MOVE && offset == 0;
    }

    /** True for arithmetic on two registers whose result does not depend on their order. */
    boolean isCommutative() {
        return isArithmetic()
                && (opcode & Opcode.BPF_X) != 0
                && switch (opcode & CODE_MASK) {
                    case Opcode.BPF_ADD, Opcode.BPF_MUL, Opcode.BPF_AND, Opcode.BPF_OR, Opcode.BPF_XOR -> true;
                    default -> false;
                };
    }

    /** True if it may be done again anywhere with the same result: it reads no register but r10. */
    boolean isConstant() {
        boolean constantMove = isArithmetic() && (opcode & CODE_MASK) == Opcode.BPF_MOV && (opcode & Opcode.BPF_X) == 0;
        return constantMove || opcode == Opcode.LDDW;
    }

    boolean isCall() {
        return opcode == Opcode.CALL;
    }

    /** True if it reads or writes memory at an address plus {@link #offset}. */
    boolean isMemoryAccess() {
        return switch (instructionClass()) {
            case Opcode.BPF_LDX, Opcode.BPF_ST, Opcode.BPF_STX -> true;
            default -> false;
        };
    }

    boolean isLoad() {
        return instructionClass() == Opcode.BPF_LDX;
    }

    /** True if it changes the destination. */
    boolean writesDestination() {
        return isArithmetic() || instructionClass() == Opcode.BPF_LDX || opcode == Opcode.LDDW;
    }

    /** True if the destination's value from before matters. */
    boolean readsDestination() {
        return switch (instructionClass()) {
            case Opcode.BPF_ST, Opcode.BPF_STX -> true;
            case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> (opcode & CODE_MASK) != Opcode.BPF_MOV;
            default -> false;
        };
    }

    /** True if the source's value matters. */
    boolean readsSource() {
        return source != Registers.NONE;
    }

    /** True for atomic operations that leave what was in memory in the source register. */
    boolean writesSource() {
        return isAtomic() && (immediate & Opcode.BPF_FETCH) != 0 && immediate != Opcode.BPF_CMPXCHG;
    }

    /** True for compare and exchange, which has what it expects in r0, and leaves there what it found. */
    boolean usesResultRegister() {
        return isAtomic() && immediate == Opcode.BPF_CMPXCHG;
    }

    /** Names each register whose value it needs, r10 left out. */
    void forEachUse(IntConsumer action) {
        if (readsDestination() && destination != Registers.FRAME) {
            action.accept(destination);
        }
        if (readsSource() && source != Registers.FRAME) {
            action.accept(source);
        }
        if (usesResultRegister()) {
            action.accept(Registers.RESULT);
        }
        for (int i = 0; i < arguments; i++) {
            action.accept(Registers.FIRST_ARGUMENT + i);
        }
    }

    /** Names each register that has another value afterwards. */
    void forEachDefinition(IntConsumer action) {
        if (writesDestination()) {
            action.accept(destination);
        }
        if (writesSource()) {
            action.accept(source);
        }
        if (usesResultRegister()) {
            action.accept(Registers.RESULT);
        }
        if (isCall()) {
            for (int register = 0; register < Registers.LOST_IN_CALLS; register++) {
                action.accept(register);
            }
        }
    }

    private boolean isAtomic() {
        return instructionClass() == Opcode.BPF_STX && (opcode & MODE_MASK) == Opcode.BPF_ATOMIC;
    }

    private boolean isArithmetic() {
        return instructionClass() == Opcode.BPF_ALU || instructionClass() == Opcode.BPF_ALU64;
    }

    private int instructionClass() {
        return opcode & 0x07;
    }
}
