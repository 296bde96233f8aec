package dev.skep.verifier.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** How much is known in well-known cases. */
class RangeTest {
    private static final long MAX_32 = 0xffff_ffffL;

    @Test
    void aMaskedNumberIsAtMostTheMask() {
        assertThat(apply(BinaryOperator.AND, Range.UNKNOWN, 0xff)).isEqualTo(Range.unsigned(0, 255));
    }

    @Test
    void aMultipleOfEightUpToAKnownOneIsKnownInBitsAndBounds() {
        Range index = apply(BinaryOperator.SHIFT_LEFT, Range.unsigned(0, 15), 3);
        assertThat(index.umax()).isEqualTo(120);
        assertThat(index.bits()).isEqualTo(new Tnum(0, 0x78));
        assertThat(index.contains(64)).isTrue();
        assertThat(index.contains(65)).isFalse();
    }

    @Test
    void anUnsignedIntervalWithinOneSignIsASignedOne() {
        Range small = Range.unsigned(3, 9);
        assertThat(small.smin()).isEqualTo(3);
        assertThat(small.smax32()).isEqualTo(9);
        Range negative = Range.unsigned(-9, -3);
        assertThat(negative.smin()).isEqualTo(-9);
        assertThat(negative.smax()).isEqualTo(-3);
    }

    @Test
    void aSignedIntervalAcrossZeroAndAnUnsignedOneMeetOnOneSide() {
        Range positive = Range.signed(-5, 10).intersect(Range.unsigned(0, 1L << 40));
        assertThat(positive).isEqualTo(Range.unsigned(0, 10));
        Range negative = Range.signed(-5, 10).intersect(Range.unsigned(1L << 40, -1));
        assertThat(negative).isEqualTo(Range.signed(-5, -1));
    }

    @Test
    void aBoundOfTheLowHalfMovesThoseOfTheWhole() {
        Range whole = Range.unsigned(0x1_0000_0000L, 0x3_8000_0000L);
        Range refined = RangeComparison.refine(Comparison.SIGNED_GREATER, whole, Range.of(0), false)
                .a();
        assertThat(refined.umin()).isEqualTo(0x1_0000_0001L);
        assertThat(refined.umax()).isEqualTo(0x3_7fff_ffffL);
    }

    @Test
    void anIntervalAndBitsThatShareOneNumberAreThatNumber() {
        Range multipleOfFour = Range.of(new Tnum(0, ~3L));
        assertThat(multipleOfFour.intersect(Range.unsigned(5, 10))).isEqualTo(Range.of(8));
    }

    @Test
    void aMoveOf32BitsKeepsTheLowHalf() {
        Range below = RangeComparison.refine(Comparison.LESS, Range.UNKNOWN, Range.of(10), false)
                .a();
        assertThat(below.umax()).isNotEqualTo(9);
        assertThat(below.umax32()).isEqualTo(9);
        assertThat(below.lower32()).isEqualTo(Range.unsigned(0, 9));
        assertThat(Range.UNKNOWN.lower32()).isEqualTo(Range.unsigned(0, MAX_32));
    }

    @Test
    void anIntIsSignExtendedByTwoShifts() {
        Range error = Range.signed(-4095, 0).lower32();
        Range extended = apply(BinaryOperator.ARITHMETIC_SHIFT_RIGHT, apply(BinaryOperator.SHIFT_LEFT, error, 32), 32);
        assertThat(extended.smin()).isEqualTo(-4095);
        assertThat(extended.smax()).isZero();
        assertThat(error.signExtend(4).smin()).isGreaterThanOrEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void aLoadedByteIsAByte() {
        assertThat(Range.UNKNOWN.truncate(1)).isEqualTo(Range.unsigned(0, 255));
        assertThat(Range.UNKNOWN.signExtend(1).smin()).isEqualTo(-128);
        assertThat(Range.UNKNOWN.signExtend(1).smax()).isEqualTo(127);
        assertThat(Range.UNKNOWN.signExtend32(1).smin32()).isEqualTo(-128);
        assertThat(Range.UNKNOWN.signExtend32(1).smin()).isZero();
        assertThat(Range.of(0x1ff).truncate(1)).isEqualTo(Range.of(0xff));
        assertThat(Range.of(0x1ff).signExtend(1)).isEqualTo(Range.of(-1));
        assertThat(Range.of(0x1ff).signExtend32(1)).isEqualTo(Range.of(MAX_32));
        assertThatIllegalArgumentException().isThrownBy(() -> Range.UNKNOWN.truncate(3));
        assertThatIllegalArgumentException().isThrownBy(() -> Range.UNKNOWN.signExtend32(8));
    }

    @Test
    void aSumThatMayWrapAroundIsUnknownAndOneThatMustIsNot() {
        Range sum = RangeArithmetic.apply(BinaryOperator.ADD, Range.unsigned(0, 10), Range.unsigned(-5, -1), true);
        assertThat(sum.umin()).isZero();
        assertThat(sum.umax()).isEqualTo(-1);
        assertThat(sum.smin()).isEqualTo(-5);
        assertThat(sum.smax()).isEqualTo(9);
        assertThat(RangeArithmetic.apply(BinaryOperator.ADD, Range.unsigned(6, 10), Range.unsigned(-5, -1), true))
                .isEqualTo(Range.unsigned(1, 9));
        assertThat(apply(BinaryOperator.SUBTRACT, Range.unsigned(10, 20), 10)).isEqualTo(Range.unsigned(0, 10));
    }

    @Test
    void aProductHasTheSignsOfItsFactors() {
        Range product = apply(BinaryOperator.MULTIPLY, Range.signed(-3, 5), -10);
        assertThat(product.smin()).isEqualTo(-50);
        assertThat(product.smax()).isEqualTo(30);
    }

    @Test
    void constantsAreComputedExactly() {
        Range minusOne = Range.of(-1);
        assertThat(apply(BinaryOperator.SHIFT_RIGHT, minusOne, 60)).isEqualTo(Range.of(15));
        assertThat(RangeArithmetic.apply(BinaryOperator.SHIFT_RIGHT, minusOne, Range.of(28), false))
                .isEqualTo(Range.of(15));
        assertThat(RangeArithmetic.apply(BinaryOperator.ARITHMETIC_SHIFT_RIGHT, minusOne, Range.of(28), false))
                .isEqualTo(Range.of(MAX_32));
        assertThat(RangeArithmetic.apply(BinaryOperator.ADD, minusOne, Range.of(1), false))
                .isEqualTo(Range.of(0));
        assertThat(RangeArithmetic.negate(Range.of(5), false)).isEqualTo(Range.of(-5 & MAX_32));
        assertThat(RangeArithmetic.byteSwap(Range.of(0x1234), 16)).isEqualTo(Range.of(0x3412));
    }

    @Test
    void asInTheKernelNothingIsKnownOfQuotientsAndOfShiftsByAVariable() {
        Range ten = Range.of(10);
        for (BinaryOperator division : new BinaryOperator[] {
            BinaryOperator.DIVIDE, BinaryOperator.SIGNED_DIVIDE, BinaryOperator.MODULO, BinaryOperator.SIGNED_MODULO
        }) {
            assertThat(RangeArithmetic.apply(division, ten, ten, true).isUnknown())
                    .isTrue();
        }
        Range few = Range.unsigned(0, 7);
        assertThat(RangeArithmetic.apply(BinaryOperator.SHIFT_LEFT, ten, few, true)
                        .isUnknown())
                .isTrue();
        assertThat(apply(BinaryOperator.SHIFT_RIGHT, ten, 64).isUnknown()).isTrue();
        assertThat(RangeArithmetic.apply(BinaryOperator.SHIFT_RIGHT, ten, Range.of(32), false)
                        .isUnknown())
                .isTrue();
    }

    @Test
    void aConstantIsReadOnlyWhereThereIsOne() {
        assertThat(Range.of(77).constant()).isEqualTo(77);
        Range lower = Range.of(new Tnum(5, 0xffL << 32));
        assertThat(lower.isConstant()).isFalse();
        assertThat(lower.constant32()).isEqualTo(5);
        assertThatIllegalStateException().isThrownBy(lower::constant);
        assertThatIllegalStateException().isThrownBy(() -> Range.UNKNOWN.constant32());
    }

    @Test
    void contradictionsShow() {
        assertThat(Range.unsigned(5, 4).isEmpty()).isTrue();
        assertThat(Range.of(3).intersect(Range.unsigned(4, 9)).isEmpty()).isTrue();
        assertThat(Range.of(0).intersect(Range.of(1)).isEmpty()).isTrue();
        assertThat(Range.unsigned(4, 9).isEmpty()).isFalse();
    }

    @Test
    void nothingIsLeftOfTheBoundsWhenTheyAreForgottenButTheBits() {
        Range even = apply(BinaryOperator.SHIFT_LEFT, Range.unsigned(0, 10), 1);
        assertThat(even.withoutBounds().bits()).isEqualTo(even.bits());
        assertThat(even.withoutBounds().umax()).isEqualTo(-1);
    }

    @Test
    void anUnchangedRangeIsTheSameObject() {
        Range range = Range.unsigned(3, 900);
        assertThat(range.normalized()).isSameAs(range);
        assertThat(range.intersect(Range.UNKNOWN)).isSameAs(range);
        assertThat(Range.of(17)).isSameAs(Range.of(17));
    }

    private static Range apply(BinaryOperator operator, Range range, long constant) {
        return RangeArithmetic.apply(operator, range, Range.of(constant), true);
    }
}
