package dev.skep.verifier.explain;

import static dev.skep.object.instruction.Opcode.*;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.HelperId;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes an instruction as the kernel's log does ({@code print_bpf_insn} in kernel/bpf/disasm.c). */
public final class KernelInstructionText {
    private static final String[] ARITHMETIC = {
        "+=", "-=", "*=", "/=", "|=", "&=", "<<=", ">>=", "neg", "%=", "^=", "=", "s>>=", "endian", "", ""
    };
    private static final String[] COMPARISON = {
        "jmp", "==", ">", ">=", "&", "!=", "s>", "s>=", "call", "exit", "<", "<=", "s<", "s<=", "", ""
    };
    private static final String[] SIZE = {"32", "16", "8", "64"};
    private static final int FETCH = 0x01;
    private static final int EXCHANGE = 0xe1;
    private static final int COMPARE_EXCHANGE = 0xf1;
    private static final Map<Integer, String> FETCHING = Map.of(0x00, "add", 0x40, "or", 0x50, "and", 0xa0, "xor");
    private static final Map<Integer, String> HELPERS =
            Arrays.stream(HelperId.values()).collect(Collectors.toMap(HelperId::number, HelperId::functionName));

    private KernelInstructionText() {}

    /** The text, for example {@code (07) r3 += 14}. @param callee name of the kernel function called, else "" */
    public static String of(Instruction i, String callee) {
        return "(%02x) ".formatted(i.opcode() & 0xff) + text(i, callee);
    }

    private static String text(Instruction i, String callee) {
        return switch (i.instructionClass()) {
            case BPF_ALU, BPF_ALU64 -> arithmetic(i);
            case BPF_STX -> (i.opcode() & 0xe0) == BPF_ATOMIC ? atomic(i) : memory(i) + " = r" + i.srcReg();
            case BPF_ST -> memory(i) + " = " + i.imm();
            case BPF_LDX ->
                "r" + i.dstReg() + " = *(" + ((i.opcode() & 0xe0) == BPF_MEMSX ? "s" : "u") + size(i) + " *)(r"
                        + i.srcReg() + " " + signed(i.offset()) + ")";
            case BPF_LD -> load(i);
            default -> jump(i, callee);
        };
    }

    private static String size(Instruction i) {
        return SIZE[(i.opcode() & 0x18) >> 3];
    }

    private static String memory(Instruction i) {
        return "*(u" + size(i) + " *)(r" + i.dstReg() + " " + signed(i.offset()) + ")";
    }

    private static String signed(int number) {
        return (number < 0 ? "" : "+") + number;
    }

    private static String arithmetic(Instruction i) {
        boolean wide = i.instructionClass() == BPF_ALU64;
        String register = wide ? "r" : "w";
        int operation = i.opcode() & 0xf0;
        String target = register + i.dstReg();
        if (operation == BPF_END) {
            String form = wide ? "bswap" : (i.opcode() & BPF_X) != 0 ? "be" : "le";
            return "r" + i.dstReg() + " = " + form + i.imm() + " r" + i.dstReg();
        }
        if (operation == BPF_NEG) {
            return target + " = -" + target;
        }
        String operator = ARITHMETIC[operation >> 4];
        boolean signedDivision = (operation == BPF_DIV || operation == BPF_MOD) && i.offset() == 1;
        if (signedDivision) {
            operator = "s" + operator;
        }
        if ((i.opcode() & BPF_X) == 0) {
            return target + " " + operator + " " + i.imm();
        }
        if (operation == BPF_MOV && wide && i.offset() == 1) {
            return target + " = addr_space_cast(r" + i.srcReg() + ", " + (i.imm() >>> 16) + ", " + (i.imm() & 0xffff)
                    + ")";
        }
        String cast = operation == BPF_MOV && i.offset() != 0 ? "(s" + i.offset() + ")" : "";
        return target + " " + operator + " " + cast + register + i.srcReg();
    }

    private static String atomic(Instruction i) {
        String wide = size(i).equals("64") ? "64" : "";
        String place = "((u" + size(i) + " *)(r" + i.dstReg() + " " + signed(i.offset()) + ")";
        return switch (i.imm()) {
            case EXCHANGE -> "r" + i.srcReg() + " = atomic" + wide + "_xchg" + place + ", r" + i.srcReg() + ")";
            case COMPARE_EXCHANGE -> "r0 = atomic" + wide + "_cmpxchg" + place + ", r0, r" + i.srcReg() + ")";
            case 0x100 ->
                "r" + i.dstReg() + " = load_acquire((u" + size(i) + " *)(r" + i.srcReg() + " " + signed(i.offset())
                        + "))";
            case 0x110 -> "store_release" + place + ", r" + i.srcReg() + ")";
            default ->
                (i.imm() & FETCH) == 0
                        ? "lock " + memory(i) + " " + ARITHMETIC[(i.imm() & 0xf0) >> 4] + " r" + i.srcReg()
                        : "r" + i.srcReg() + " = atomic" + wide + "_fetch_"
                                + FETCHING.getOrDefault(i.imm() & 0xf0, "op") + place + ", r" + i.srcReg() + ")";
        };
    }

    private static String load(Instruction i) {
        if (i.isWide()) {
            // A pointer's value differs from load to load; the kernel shows 0 to who must not see it.
            long value = i.srcReg() == 0 ? i.imm64() : 0;
            return "r" + i.dstReg() + " = 0x" + Long.toHexString(value);
        }
        return (i.opcode() & 0xe0) == BPF_IND
                ? "r0 = *(u" + size(i) + " *)skb[r" + i.srcReg() + " + " + i.imm() + "]"
                : "r0 = *(u" + size(i) + " *)skb[" + i.imm() + "]";
    }

    private static String jump(Instruction i, String callee) {
        switch (i.opcode()) {
            case CALL -> {
                return call(i, callee);
            }
            case EXIT -> {
                return "exit";
            }
            case JA -> {
                return "goto pc" + signed(i.offset());
            }
            case GOTOL -> {
                return "gotol pc" + signed(i.imm());
            }
            case MAY_GOTO -> {
                return "may_goto pc" + signed(i.offset());
            }
            default -> {
                String register = i.instructionClass() == BPF_JMP32 ? "w" : "r";
                String right = (i.opcode() & BPF_X) != 0 ? register + i.srcReg() : "0x" + Integer.toHexString(i.imm());
                return "if " + register + i.dstReg() + " " + COMPARISON[(i.opcode() & 0xf0) >> 4] + " " + right
                        + " goto pc" + signed(i.offset());
            }
        }
    }

    private static String call(Instruction i, String callee) {
        return switch (i.srcReg()) {
            case BPF_PSEUDO_CALL -> "call pc" + signed(i.imm());
            case BPF_PSEUDO_KFUNC_CALL -> "call " + (callee.isEmpty() ? "kernel-function" : callee) + "#" + i.imm();
            default -> "call " + HELPERS.getOrDefault(i.imm(), "unknown") + "#" + i.imm();
        };
    }
}
