package dev.skep.object.instruction;

import static dev.skep.object.instruction.Opcode.*;

/** LLVM's text of {@code STX | ATOMIC}; see {@link Disassembler} for where LLVM 19 is not followed. */
final class AtomicText {
    private AtomicText() {}

    static String of(Instruction i, boolean alu32) {
        if (i.imm() == BPF_LOAD_ACQ) {
            return Disassembler.register(i.dstReg(), i, true) + " = load_acquire((" + Disassembler.unsigned(i) + " *)(r"
                    + i.srcReg() + Disassembler.displacement(i.offset()) + "))";
        }
        if (i.imm() == BPF_STORE_REL) {
            return "store_release(" + pointer(i) + ", " + Disassembler.register(i.srcReg(), i, true) + ")";
        }
        return switch (Disassembler.sizeOf(i)) {
            case BPF_DW -> readModifyWrite(i, "r" + i.srcReg());
            case BPF_W -> alu32 || isNarrowException(i) ? readModifyWrite(i, "w" + i.srcReg()) : additionOnly(i);
            default -> Disassembler.UNKNOWN;
        };
    }

    /** A valid 32-bit operation that LLVM 19 shows only when 32-bit registers are asked for. */
    private static boolean isNarrowException(Instruction i) {
        Instruction withValidRegisters = Instruction.of(i.opcode(), 0, 0, i.offset(), i.imm());
        return i.imm() != BPF_ADD && InstructionSet.isValid(withValidRegisters);
    }

    /** LLVM 19 without 32-bit registers: only the operation's high digit counts, and only addition exists. */
    private static String additionOnly(Instruction i) {
        return (i.imm() & 0xf0) == BPF_ADD
                ? "lock " + Disassembler.memory(i) + " += r" + i.srcReg()
                : Disassembler.UNKNOWN;
    }

    /** LLVM looks at the lowest byte of the immediate alone. */
    private static String readModifyWrite(Instruction i, String operand) {
        int operation = i.imm() & 0xf0;
        boolean fetches = (i.imm() & 0x0f) == BPF_FETCH;
        String operator = operator(operation);
        if (fetches) {
            String name = fetchingName(operation);
            if (!name.isEmpty()) {
                return operand + " = atomic_fetch_" + name + "(" + pointer(i) + ", " + operand + ")";
            }
            return exchange(i, operation, operand);
        }
        return operator.isEmpty()
                ? Disassembler.UNKNOWN
                : "lock " + Disassembler.memory(i) + " " + operator + "= " + operand;
    }

    private static String exchange(Instruction i, int operation, String operand) {
        boolean wide = Disassembler.sizeOf(i) == BPF_DW;
        String suffix = wide ? "_64" : "32_32";
        String address = "(r" + i.dstReg() + Disassembler.displacement(i.offset()) + ", ";
        String compared = wide ? "r0" : "w0";
        return switch (operation | BPF_FETCH) {
            case BPF_XCHG -> operand + " = xchg" + suffix + address + operand + ")";
            case BPF_CMPXCHG -> compared + " = cmpxchg" + suffix + address + compared + ", " + operand + ")";
            default -> Disassembler.UNKNOWN;
        };
    }

    /** {@code (u32 *)(r1 + 0x8)}. */
    private static String pointer(Instruction i) {
        return Disassembler.memory(i).substring(1);
    }

    private static String operator(int operation) {
        return switch (operation) {
            case BPF_ADD -> "+";
            case BPF_OR -> "|";
            case BPF_AND -> "&";
            case BPF_XOR -> "^";
            default -> "";
        };
    }

    private static String fetchingName(int operation) {
        return switch (operation) {
            case BPF_ADD -> "add";
            case BPF_OR -> "or";
            case BPF_AND -> "and";
            case BPF_XOR -> "xor";
            default -> "";
        };
    }
}
