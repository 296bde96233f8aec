package dev.skep.verifier.kernel;

import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The feature that an instruction belongs to, for those that came after 5.0: include/uapi/linux/bpf.h, kernel/bpf/verifier.c. */
final class InstructionVersions {
    /** Division and remainder are signed if the offset is 1, moves extend the sign if it is 8, 16 or 32. */
    private static final int OPERATION = 0xf0;

    private static final int MODE = 0xe0;

    private InstructionVersions() {}

    static Optional<KernelFeature> needs(Instruction instruction) {
        return Optional.ofNullable(
                switch (instruction.instructionClass()) {
                    case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> arithmetic(instruction);
                    case Opcode.BPF_JMP -> jump(instruction);
                    case Opcode.BPF_JMP32 ->
                        instruction.opcode() == Opcode.GOTOL ? KernelFeature.CPU_V4 : KernelFeature.JUMP32;
                    case Opcode.BPF_LDX ->
                        (instruction.opcode() & MODE) == Opcode.BPF_MEMSX ? KernelFeature.CPU_V4 : null;
                    case Opcode.BPF_STX ->
                        (instruction.opcode() & MODE) == Opcode.BPF_ATOMIC ? atomic(instruction) : null;
                    case Opcode.BPF_LD -> constant(instruction);
                    default -> null;
                });
    }

    private static @Nullable KernelFeature arithmetic(Instruction instruction) {
        boolean wide = instruction.instructionClass() == Opcode.BPF_ALU64;
        return switch (instruction.opcode() & OPERATION) {
            case Opcode.BPF_DIV, Opcode.BPF_MOD -> instruction.offset() != 0 ? KernelFeature.CPU_V4 : null;
            case Opcode.BPF_END -> wide ? KernelFeature.CPU_V4 : null;
            case Opcode.BPF_MOV -> move(instruction.offset());
            default -> null;
        };
    }

    private static @Nullable KernelFeature move(int offset) {
        if (offset == Opcode.BPF_ADDR_SPACE_CAST) {
            return KernelFeature.ARENAS;
        }
        return offset != 0 ? KernelFeature.CPU_V4 : null;
    }

    private static @Nullable KernelFeature jump(Instruction instruction) {
        if (instruction.opcode() == Opcode.MAY_GOTO) {
            return KernelFeature.MAY_GOTO;
        }
        if (instruction.opcode() == (Opcode.JA | Opcode.BPF_X)) {
            return KernelFeature.INDIRECT_JUMPS;
        }
        boolean kernelCall =
                instruction.opcode() == Opcode.CALL && instruction.srcReg() == Opcode.BPF_PSEUDO_KFUNC_CALL;
        return kernelCall ? KernelFeature.KERNEL_FUNCTIONS : null;
    }

    private static @Nullable KernelFeature atomic(Instruction instruction) {
        return switch (instruction.imm()) {
            case Opcode.BPF_ADD -> null;
            case Opcode.BPF_LOAD_ACQ, Opcode.BPF_STORE_REL -> KernelFeature.LOAD_ACQUIRE;
            default -> KernelFeature.ATOMICS;
        };
    }

    private static @Nullable KernelFeature constant(Instruction instruction) {
        if (instruction.opcode() != Opcode.LDDW) {
            return null;
        }
        return switch (instruction.srcReg()) {
            case Opcode.BPF_PSEUDO_MAP_VALUE -> KernelFeature.GLOBAL_DATA;
            case Opcode.BPF_PSEUDO_BTF_ID -> KernelFeature.KERNEL_VARIABLES;
            case Opcode.BPF_PSEUDO_FUNC -> KernelFeature.CALLBACKS;
            default -> null;
        };
    }
}
