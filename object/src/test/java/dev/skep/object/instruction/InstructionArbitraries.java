package dev.skep.object.instruction;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random instructions for property tests. */
public final class InstructionArbitraries {
    private InstructionArbitraries() {}

    /** Any valid instruction: each form equally likely, free fields with a liking for extremes. */
    public static Arbitrary<Instruction> valid() {
        return Arbitraries.of(InstructionSet.forms()).flatMap(InstructionArbitraries::of);
    }

    /** Any instruction of the form. */
    public static Arbitrary<Instruction> of(InstructionForm form) {
        return Combinators.combine(
                        field(form.dst(), 0, 15),
                        field(form.src(), 0, 15),
                        field(form.offset(), Short.MIN_VALUE, Short.MAX_VALUE),
                        field(form.imm(), Integer.MIN_VALUE, Integer.MAX_VALUE),
                        field(form.nextImm(), Integer.MIN_VALUE, Integer.MAX_VALUE))
                .as((dst, src, offset, imm, nextImm) ->
                        new Instruction(form.opcode(), dst, src, offset.shortValue(), imm, nextImm));
    }

    /** Any instruction that can be encoded, valid or not, most of them with a known opcode. */
    public static Arbitrary<Instruction> encodable() {
        Arbitrary<Instruction> wild = Combinators.combine(
                        Arbitraries.integers().between(0, 255),
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.of((short) 0, (short) 1, (short) 8, (short) -1, (short) 1234),
                        Arbitraries.oneOf(
                                Arbitraries.of(0, 1, 16, 32, 64, 0x41, 0xe1, 0xf1, 0x100, 0x110),
                                Arbitraries.integers()))
                .as((opcode, dst, src, offset, imm) ->
                        new Instruction(opcode, dst, src, opcode == Opcode.LDDW ? (short) 0 : offset, imm, 0));
        return Arbitraries.oneOf(valid(), wild);
    }

    private static Arbitrary<Integer> field(FieldRule rule, int least, int greatest) {
        return switch (rule) {
            case FieldRule.Reserved() -> Arbitraries.just(0);
            case FieldRule.Register() -> Arbitraries.integers().between(0, 10);
            case FieldRule.Selects(int value, String meaning) -> Arbitraries.just(value);
            case FieldRule.Any any ->
                Arbitraries.oneOf(
                        Arbitraries.of(List.of(0, 1, -1, 8, -8, least, greatest)),
                        Arbitraries.integers().between(least, greatest));
        };
    }
}
