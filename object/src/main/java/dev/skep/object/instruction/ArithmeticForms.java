package dev.skep.object.instruction;

import static dev.skep.object.instruction.FieldRule.REGISTER;
import static dev.skep.object.instruction.FieldRule.RESERVED;
import static dev.skep.object.instruction.FieldRule.any;
import static dev.skep.object.instruction.FieldRule.selects;
import static dev.skep.object.instruction.InstructionForm.form;

import dev.skep.object.KernelVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * The ALU and ALU64 classes: RFC 9669, sections 4.1 and 4.2; reserved fields as in check_alu_op of kernel/bpf/verifier.c.
 */
final class ArithmeticForms {
    private static final KernelVersion FIRST = new KernelVersion(3, 18);
    private static final KernelVersion CPU_V4 = new KernelVersion(6, 6);
    private static final KernelVersion ARENA = new KernelVersion(6, 9);

    private ArithmeticForms() {}

    /** An operation with a register or a constant as second operand. */
    private record Binary(String name, int code, boolean divMul, boolean signedToo) {}

    private static final List<Binary> BINARY = List.of(
            new Binary("ADD", Opcode.BPF_ADD, false, false),
            new Binary("SUB", Opcode.BPF_SUB, false, false),
            new Binary("MUL", Opcode.BPF_MUL, true, false),
            new Binary("DIV", Opcode.BPF_DIV, true, true),
            new Binary("OR", Opcode.BPF_OR, false, false),
            new Binary("AND", Opcode.BPF_AND, false, false),
            new Binary("LSH", Opcode.BPF_LSH, false, false),
            new Binary("RSH", Opcode.BPF_RSH, false, false),
            new Binary("MOD", Opcode.BPF_MOD, true, true),
            new Binary("XOR", Opcode.BPF_XOR, false, false),
            new Binary("ARSH", Opcode.BPF_ARSH, false, false));

    static List<InstructionForm> all() {
        List<InstructionForm> forms = new ArrayList<>();
        for (boolean wide : new boolean[] {false, true}) {
            addBinary(forms, wide);
            addMoves(forms, wide);
            int opcode = Opcode.BPF_NEG | Opcode.BPF_K | classOf(wide);
            forms.add(form(
                    "{NEG, K, " + className(wide) + "}",
                    opcode,
                    RESERVED,
                    RESERVED,
                    RESERVED,
                    base(wide),
                    cpu(wide),
                    FIRST));
        }
        addSignExtensions(forms);
        addByteSwaps(forms);
        addAddressSpaceCasts(forms);
        return forms;
    }

    private static void addBinary(List<InstructionForm> forms, boolean wide) {
        for (Binary operation : BINARY) {
            ConformanceGroup group = operation.divMul ? divMul(wide) : base(wide);
            for (boolean register : new boolean[] {false, true}) {
                int opcode = operation.code | (register ? Opcode.BPF_X : Opcode.BPF_K) | classOf(wide);
                FieldRule src = register ? REGISTER : RESERVED;
                FieldRule imm = register ? RESERVED : any("constant");
                String operands = (register ? ", X, " : ", K, ") + className(wide) + "}";
                FieldRule offset = operation.signedToo ? selects(0, "unsigned") : RESERVED;
                forms.add(form("{" + operation.name + operands, opcode, src, offset, imm, group, cpu(wide), FIRST));
                if (operation.signedToo) {
                    forms.add(form(
                            "{S" + operation.name + operands,
                            opcode,
                            src,
                            selects(1, "signed"),
                            imm,
                            group,
                            CpuVersion.V4,
                            CPU_V4));
                }
            }
        }
    }

    private static void addMoves(List<InstructionForm> forms, boolean wide) {
        int opcode = Opcode.BPF_MOV | classOf(wide);
        forms.add(form(
                "{MOV, K, " + className(wide) + "}",
                opcode | Opcode.BPF_K,
                RESERVED,
                RESERVED,
                any("constant"),
                base(wide),
                cpu(wide),
                FIRST));
        forms.add(form(
                "{MOV, X, " + className(wide) + "}",
                opcode | Opcode.BPF_X,
                REGISTER,
                selects(0, "plain move"),
                RESERVED,
                base(wide),
                cpu(wide),
                FIRST));
    }

    private static void addSignExtensions(List<InstructionForm> forms) {
        for (int bits : new int[] {8, 16, 32}) {
            for (boolean wide : new boolean[] {false, true}) {
                if (bits == 32 && !wide) {
                    continue;
                }
                forms.add(form(
                        "{MOVSX, X, " + className(wide) + "} " + bits + " bits",
                        Opcode.BPF_MOV | Opcode.BPF_X | classOf(wide),
                        REGISTER,
                        selects(bits, "sign-extend " + bits + " bits"),
                        RESERVED,
                        base(wide),
                        CpuVersion.V4,
                        CPU_V4));
            }
        }
    }

    private static void addByteSwaps(List<InstructionForm> forms) {
        for (int bits : new int[] {16, 32, 64}) {
            ConformanceGroup group = base(bits == 64);
            FieldRule width = selects(bits, bits + " bits");
            int end = Opcode.BPF_END | Opcode.BPF_ALU;
            forms.add(form(
                    "{END, TO_LE, ALU} " + bits + " bits",
                    end | Opcode.BPF_TO_LE,
                    RESERVED,
                    RESERVED,
                    width,
                    group,
                    CpuVersion.V1,
                    FIRST));
            forms.add(form(
                    "{END, TO_BE, ALU} " + bits + " bits",
                    end | Opcode.BPF_TO_BE,
                    RESERVED,
                    RESERVED,
                    width,
                    group,
                    CpuVersion.V1,
                    FIRST));
            forms.add(form(
                    "{END, TO_LE, ALU64} " + bits + " bits",
                    Opcode.BPF_END | Opcode.BPF_ALU64,
                    RESERVED,
                    RESERVED,
                    width,
                    group,
                    CpuVersion.V4,
                    CPU_V4));
        }
    }

    private static void addAddressSpaceCasts(List<InstructionForm> forms) {
        int opcode = Opcode.BPF_MOV | Opcode.BPF_X | Opcode.BPF_ALU64;
        FieldRule cast = selects(Opcode.BPF_ADDR_SPACE_CAST, "address space cast");
        forms.add(form(
                "{ADDR_SPACE_CAST, X, ALU64} user to kernel",
                opcode,
                REGISTER,
                cast,
                selects(1, "from address space 1 (arena, as user space sees it) to 0"),
                ConformanceGroup.EXTENSION,
                CpuVersion.V3,
                ARENA));
        forms.add(form(
                "{ADDR_SPACE_CAST, X, ALU64} kernel to user",
                opcode,
                REGISTER,
                cast,
                selects(1 << 16, "from address space 0 to 1"),
                ConformanceGroup.EXTENSION,
                CpuVersion.V3,
                ARENA));
    }

    private static int classOf(boolean wide) {
        return wide ? Opcode.BPF_ALU64 : Opcode.BPF_ALU;
    }

    private static String className(boolean wide) {
        return wide ? "ALU64" : "ALU";
    }

    private static ConformanceGroup base(boolean wide) {
        return wide ? ConformanceGroup.BASE64 : ConformanceGroup.BASE32;
    }

    private static ConformanceGroup divMul(boolean wide) {
        return wide ? ConformanceGroup.DIVMUL64 : ConformanceGroup.DIVMUL32;
    }

    private static CpuVersion cpu(boolean wide) {
        return wide ? CpuVersion.V1 : CpuVersion.V3;
    }
}
