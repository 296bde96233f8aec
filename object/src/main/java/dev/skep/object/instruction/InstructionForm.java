package dev.skep.object.instruction;

import dev.skep.object.KernelVersion;
import java.util.Optional;

/**
 * One kind of instruction that exists: an opcode, what each field must hold, and who knows it.
 *
 * @param name as RFC 9669 writes instructions: {@code {ADD, K, ALU64}}, with what a field selects after it:
 *     {@code {MOV, X, ALU64} sign-extend 8 bits}
 * @param opcode the operation byte
 * @param nextImm rule for the upper half of {@code lddw}; {@link FieldRule#RESERVED} for all others
 * @param group the conformance group it belongs to
 * @param cpu lowest clang {@code -mcpu} that emits it
 * @param since first kernel that accepts it; empty if none up to 6.18 does ({@code callx})
 */
public record InstructionForm(
        String name,
        int opcode,
        FieldRule dst,
        FieldRule src,
        FieldRule offset,
        FieldRule imm,
        FieldRule nextImm,
        ConformanceGroup group,
        CpuVersion cpu,
        Optional<KernelVersion> since) {

    /** A form of one slot whose destination field is a register. */
    static InstructionForm form(
            String name,
            int opcode,
            FieldRule src,
            FieldRule offset,
            FieldRule imm,
            ConformanceGroup group,
            CpuVersion cpu,
            KernelVersion since) {
        return new InstructionForm(
                name, opcode, FieldRule.REGISTER, src, offset, imm, FieldRule.RESERVED, group, cpu, Optional.of(since));
    }

    /** True if {@code instruction} is a well-formed instance of this form. */
    public boolean matches(Instruction instruction) {
        if (instruction.opcode() != opcode) {
            return false;
        }
        for (Field field : Field.values()) {
            if (!rule(field).allows(field.of(instruction))) {
                return false;
            }
        }
        return true;
    }

    FieldRule rule(Field field) {
        return switch (field) {
            case SRC -> src;
            case OFFSET -> offset;
            case IMM -> imm;
            case NEXT_IMM -> nextImm;
            case DST -> dst;
        };
    }

    /** The fields beside the opcode, in the order in which they tell forms apart; names as in the RFC. */
    enum Field {
        SRC("src_reg"),
        OFFSET("offset"),
        IMM("imm"),
        NEXT_IMM("next_imm"),
        DST("dst_reg");

        private final String rfcName;

        Field(String rfcName) {
            this.rfcName = rfcName;
        }

        String rfcName() {
            return rfcName;
        }

        int of(Instruction instruction) {
            return switch (this) {
                case SRC -> instruction.srcReg();
                case OFFSET -> instruction.offset();
                case IMM -> instruction.imm();
                case NEXT_IMM -> instruction.nextImm();
                case DST -> instruction.dstReg();
            };
        }
    }
}
