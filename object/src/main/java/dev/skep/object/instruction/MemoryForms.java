package dev.skep.object.instruction;

import static dev.skep.object.instruction.FieldRule.REGISTER;
import static dev.skep.object.instruction.FieldRule.RESERVED;
import static dev.skep.object.instruction.FieldRule.any;
import static dev.skep.object.instruction.FieldRule.selects;
import static dev.skep.object.instruction.InstructionForm.form;

import dev.skep.object.KernelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The LD, LDX, ST and STX classes: RFC 9669, section 5, and the load-acquire and store-release of linux/bpf.h; reserved
 * fields as in do_check, check_ld_abs and resolve_pseudo_ldimm64 of kernel/bpf/verifier.c.
 */
final class MemoryForms {
    private static final KernelVersion FIRST = new KernelVersion(3, 18);
    private static final KernelVersion MAP_VALUES = new KernelVersion(5, 2);
    private static final KernelVersion BTF_IDS = new KernelVersion(5, 10);
    private static final KernelVersion ATOMICS = new KernelVersion(5, 12);
    private static final KernelVersion CALLBACKS = new KernelVersion(5, 13);
    private static final KernelVersion MAP_INDEXES = new KernelVersion(5, 14);
    private static final KernelVersion CPU_V4 = new KernelVersion(6, 6);
    private static final KernelVersion ORDERED = new KernelVersion(6, 15);

    private static final FieldRule DISPLACEMENT = any("displacement in bytes");

    private MemoryForms() {}

    private record Size(String name, int code) {
        ConformanceGroup base() {
            return code == Opcode.BPF_DW ? ConformanceGroup.BASE64 : ConformanceGroup.BASE32;
        }
    }

    private static final List<Size> SIZES = List.of(
            new Size("B", Opcode.BPF_B),
            new Size("H", Opcode.BPF_H),
            new Size("W", Opcode.BPF_W),
            new Size("DW", Opcode.BPF_DW));

    private record Atomic(String name, int imm, CpuVersion cpu, KernelVersion since) {}

    private static final List<Atomic> READ_MODIFY_WRITE = List.of(
            new Atomic("ADD", Opcode.BPF_ADD, CpuVersion.V1, FIRST),
            new Atomic("ADD|FETCH", Opcode.BPF_ADD | Opcode.BPF_FETCH, CpuVersion.V3, ATOMICS),
            new Atomic("OR", Opcode.BPF_OR, CpuVersion.V3, ATOMICS),
            new Atomic("OR|FETCH", Opcode.BPF_OR | Opcode.BPF_FETCH, CpuVersion.V3, ATOMICS),
            new Atomic("AND", Opcode.BPF_AND, CpuVersion.V3, ATOMICS),
            new Atomic("AND|FETCH", Opcode.BPF_AND | Opcode.BPF_FETCH, CpuVersion.V3, ATOMICS),
            new Atomic("XOR", Opcode.BPF_XOR, CpuVersion.V3, ATOMICS),
            new Atomic("XOR|FETCH", Opcode.BPF_XOR | Opcode.BPF_FETCH, CpuVersion.V3, ATOMICS),
            new Atomic("XCHG", Opcode.BPF_XCHG, CpuVersion.V3, ATOMICS),
            new Atomic("CMPXCHG", Opcode.BPF_CMPXCHG, CpuVersion.V3, ATOMICS));

    private static final List<Atomic> LOAD_ACQUIRE_STORE_RELEASE = List.of(
            new Atomic("LOAD_ACQ", Opcode.BPF_LOAD_ACQ, CpuVersion.V4, ORDERED),
            new Atomic("STORE_REL", Opcode.BPF_STORE_REL, CpuVersion.V4, ORDERED));

    static List<InstructionForm> all() {
        List<InstructionForm> forms = new ArrayList<>();
        for (Size size : SIZES) {
            addPlain(forms, size);
            addAtomics(forms, size);
            if (size.code != Opcode.BPF_DW) {
                addPacket(forms, size);
            }
        }
        addWideLoads(forms);
        return forms;
    }

    private static void addPlain(List<InstructionForm> forms, Size size) {
        String operands = ", " + size.name + ", ";
        int mode = Opcode.BPF_MEM | size.code;
        forms.add(form(
                "{MEM" + operands + "LDX}",
                mode | Opcode.BPF_LDX,
                REGISTER,
                DISPLACEMENT,
                RESERVED,
                size.base(),
                CpuVersion.V1,
                FIRST));
        forms.add(form(
                "{MEM" + operands + "ST}",
                mode | Opcode.BPF_ST,
                RESERVED,
                DISPLACEMENT,
                any("constant"),
                size.base(),
                CpuVersion.V4,
                FIRST));
        forms.add(form(
                "{MEM" + operands + "STX}",
                mode | Opcode.BPF_STX,
                REGISTER,
                DISPLACEMENT,
                RESERVED,
                size.base(),
                CpuVersion.V1,
                FIRST));
        if (size.code != Opcode.BPF_DW) {
            forms.add(form(
                    "{MEMSX" + operands + "LDX}",
                    Opcode.BPF_MEMSX | size.code | Opcode.BPF_LDX,
                    REGISTER,
                    DISPLACEMENT,
                    RESERVED,
                    ConformanceGroup.BASE32,
                    CpuVersion.V4,
                    CPU_V4));
        }
    }

    private static void addAtomics(List<InstructionForm> forms, Size size) {
        if (size.code == Opcode.BPF_W || size.code == Opcode.BPF_DW) {
            ConformanceGroup group = size.code == Opcode.BPF_DW ? ConformanceGroup.ATOMIC64 : ConformanceGroup.ATOMIC32;
            for (Atomic atomic : READ_MODIFY_WRITE) {
                addAtomic(forms, size, atomic, group);
            }
        }
        for (Atomic atomic : LOAD_ACQUIRE_STORE_RELEASE) {
            addAtomic(forms, size, atomic, ConformanceGroup.EXTENSION);
        }
    }

    private static void addAtomic(List<InstructionForm> forms, Size size, Atomic atomic, ConformanceGroup group) {
        forms.add(form(
                "{ATOMIC, " + size.name + ", STX} " + atomic.name,
                Opcode.BPF_ATOMIC | size.code | Opcode.BPF_STX,
                REGISTER,
                DISPLACEMENT,
                selects(atomic.imm, atomic.name),
                group,
                atomic.cpu,
                atomic.since));
    }

    private static void addPacket(List<InstructionForm> forms, Size size) {
        String operands = ", " + size.name + ", LD}";
        int opcode = size.code | Opcode.BPF_LD;
        forms.add(new InstructionForm(
                "{ABS" + operands,
                opcode | Opcode.BPF_ABS,
                RESERVED,
                RESERVED,
                RESERVED,
                any("offset in the packet"),
                RESERVED,
                ConformanceGroup.PACKET,
                CpuVersion.V1,
                Optional.of(FIRST)));
        forms.add(new InstructionForm(
                "{IND" + operands,
                opcode | Opcode.BPF_IND,
                RESERVED,
                REGISTER,
                RESERVED,
                any("offset in the packet, added to src"),
                RESERVED,
                ConformanceGroup.PACKET,
                CpuVersion.V1,
                Optional.of(FIRST)));
    }

    private static void addWideLoads(List<InstructionForm> forms) {
        addWideLoad(forms, "constant", 0, any("lower half"), any("upper half"), FIRST);
        addWideLoad(forms, "map by file descriptor", Opcode.BPF_PSEUDO_MAP_FD, any("map fd"), RESERVED, FIRST);
        addWideLoad(
                forms,
                "map value by file descriptor",
                Opcode.BPF_PSEUDO_MAP_VALUE,
                any("map fd"),
                any("offset in the value"),
                MAP_VALUES);
        addWideLoad(
                forms,
                "variable by BTF id",
                Opcode.BPF_PSEUDO_BTF_ID,
                any("BTF id"),
                any("fd of its module's BTF, 0 for the kernel's"),
                BTF_IDS);
        addWideLoad(forms, "function", Opcode.BPF_PSEUDO_FUNC, any("distance in slots"), RESERVED, CALLBACKS);
        addWideLoad(forms, "map by index", Opcode.BPF_PSEUDO_MAP_IDX, any("index in fd_array"), RESERVED, MAP_INDEXES);
        addWideLoad(
                forms,
                "map value by index",
                Opcode.BPF_PSEUDO_MAP_IDX_VALUE,
                any("index in fd_array"),
                any("offset in the value"),
                MAP_INDEXES);
    }

    private static void addWideLoad(
            List<InstructionForm> forms,
            String what,
            int pseudo,
            FieldRule imm,
            FieldRule nextImm,
            KernelVersion since) {
        forms.add(new InstructionForm(
                "{IMM, DW, LD} " + what,
                Opcode.LDDW,
                REGISTER,
                selects(pseudo, what),
                RESERVED,
                imm,
                nextImm,
                ConformanceGroup.BASE64,
                CpuVersion.V1,
                Optional.of(since)));
    }
}
