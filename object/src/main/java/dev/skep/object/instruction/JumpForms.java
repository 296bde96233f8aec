package dev.skep.object.instruction;

import static dev.skep.object.instruction.FieldRule.REGISTER;
import static dev.skep.object.instruction.FieldRule.RESERVED;
import static dev.skep.object.instruction.FieldRule.any;
import static dev.skep.object.instruction.FieldRule.selects;

import dev.skep.object.KernelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JMP and JMP32 classes: RFC 9669, section 4.3, {@code may_goto} and {@code callx}; reserved fields as in do_check of
 * kernel/bpf/verifier.c.
 */
final class JumpForms {
    private static final KernelVersion FIRST = new KernelVersion(3, 18);
    private static final KernelVersion LESS_THAN = new KernelVersion(4, 14);
    private static final KernelVersion LOCAL_CALLS = new KernelVersion(4, 16);
    private static final KernelVersion JMP32 = new KernelVersion(5, 1);
    private static final KernelVersion KFUNCS = new KernelVersion(5, 13);
    private static final KernelVersion CPU_V4 = new KernelVersion(6, 6);
    private static final KernelVersion MAY_GOTO = new KernelVersion(6, 9);

    private static final FieldRule DISTANCE = any("jump distance in slots, from the next instruction");

    private JumpForms() {}

    private record Condition(String name, int code, boolean lessThan) {}

    private static final List<Condition> CONDITIONS = List.of(
            new Condition("JEQ", Opcode.BPF_JEQ, false),
            new Condition("JGT", Opcode.BPF_JGT, false),
            new Condition("JGE", Opcode.BPF_JGE, false),
            new Condition("JSET", Opcode.BPF_JSET, false),
            new Condition("JNE", Opcode.BPF_JNE, false),
            new Condition("JSGT", Opcode.BPF_JSGT, false),
            new Condition("JSGE", Opcode.BPF_JSGE, false),
            new Condition("JLT", Opcode.BPF_JLT, true),
            new Condition("JLE", Opcode.BPF_JLE, true),
            new Condition("JSLT", Opcode.BPF_JSLT, true),
            new Condition("JSLE", Opcode.BPF_JSLE, true));

    static List<InstructionForm> all() {
        List<InstructionForm> forms = new ArrayList<>();
        for (Condition condition : CONDITIONS) {
            addCondition(
                    forms,
                    condition,
                    Opcode.BPF_JMP,
                    "JMP",
                    ConformanceGroup.BASE64,
                    condition.lessThan ? CpuVersion.V2 : CpuVersion.V1,
                    condition.lessThan ? LESS_THAN : FIRST);
            addCondition(forms, condition, Opcode.BPF_JMP32, "JMP32", ConformanceGroup.BASE32, CpuVersion.V3, JMP32);
        }
        forms.add(fixed(
                "{JA, K, JMP}",
                Opcode.JA,
                RESERVED,
                DISTANCE,
                RESERVED,
                ConformanceGroup.BASE32,
                CpuVersion.V1,
                Optional.of(FIRST)));
        forms.add(fixed(
                "{JA, K, JMP32}",
                Opcode.GOTOL,
                RESERVED,
                RESERVED,
                DISTANCE,
                ConformanceGroup.BASE32,
                CpuVersion.V4,
                Optional.of(CPU_V4)));
        forms.add(fixed(
                "{JCOND, K, JMP} may_goto",
                Opcode.MAY_GOTO,
                selects(0, "may_goto"),
                DISTANCE,
                RESERVED,
                ConformanceGroup.EXTENSION,
                CpuVersion.V1,
                Optional.of(MAY_GOTO)));
        forms.add(fixed(
                "{EXIT, K, JMP}",
                Opcode.EXIT,
                RESERVED,
                RESERVED,
                RESERVED,
                ConformanceGroup.BASE32,
                CpuVersion.V1,
                Optional.of(FIRST)));
        addCalls(forms);
        return forms;
    }

    private static void addCondition(
            List<InstructionForm> forms,
            Condition condition,
            int instructionClass,
            String className,
            ConformanceGroup group,
            CpuVersion cpu,
            KernelVersion since) {
        int opcode = condition.code | instructionClass;
        forms.add(new InstructionForm(
                "{" + condition.name + ", K, " + className + "}",
                opcode | Opcode.BPF_K,
                REGISTER,
                RESERVED,
                DISTANCE,
                any("constant"),
                RESERVED,
                group,
                cpu,
                Optional.of(since)));
        forms.add(new InstructionForm(
                "{" + condition.name + ", X, " + className + "}",
                opcode | Opcode.BPF_X,
                REGISTER,
                REGISTER,
                DISTANCE,
                RESERVED,
                RESERVED,
                group,
                cpu,
                Optional.of(since)));
    }

    private static void addCalls(List<InstructionForm> forms) {
        forms.add(fixed(
                "{CALL, K, JMP} helper",
                Opcode.CALL,
                selects(0, "helper function"),
                RESERVED,
                any("helper number"),
                ConformanceGroup.BASE32,
                CpuVersion.V1,
                Optional.of(FIRST)));
        forms.add(fixed(
                "{CALL, K, JMP} program-local",
                Opcode.CALL,
                selects(Opcode.BPF_PSEUDO_CALL, "program-local function"),
                RESERVED,
                any("distance in slots"),
                ConformanceGroup.BASE32,
                CpuVersion.V1,
                Optional.of(LOCAL_CALLS)));
        forms.add(fixed(
                "{CALL, K, JMP} kernel function",
                Opcode.CALL,
                selects(Opcode.BPF_PSEUDO_KFUNC_CALL, "kernel function"),
                any("index of its module's BTF in fd_array"),
                any("BTF id"),
                ConformanceGroup.BASE32,
                CpuVersion.V1,
                Optional.of(KFUNCS)));
        forms.add(new InstructionForm(
                "{CALL, X, JMP} callx",
                Opcode.CALLX,
                REGISTER,
                RESERVED,
                RESERVED,
                RESERVED,
                RESERVED,
                ConformanceGroup.EXTENSION,
                CpuVersion.V1,
                Optional.empty()));
    }

    /** A form whose destination register is reserved. */
    private static InstructionForm fixed(
            String name,
            int opcode,
            FieldRule src,
            FieldRule offset,
            FieldRule imm,
            ConformanceGroup group,
            CpuVersion cpu,
            Optional<KernelVersion> since) {
        return new InstructionForm(name, opcode, RESERVED, src, offset, imm, RESERVED, group, cpu, since);
    }
}
