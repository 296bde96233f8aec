package dev.skep.verifier.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much comparisons tell in well-known cases. */
class RangeComparisonTest {
    private static final Range BYTE = Range.unsigned(0, 255);

    @Test
    void aCheckedIndexIsWithinItsBound() {
        Refined inside = refine(Comparison.LESS, Range.UNKNOWN, 10);
        assertThat(inside.a()).isEqualTo(Range.unsigned(0, 9));
        assertThat(inside.b()).isEqualTo(Range.of(10));
        Refined outside = refine(Comparison.LESS.opposite(), Range.UNKNOWN, 10);
        assertThat(outside.a().umin()).isEqualTo(10);
    }

    @Test
    void aSignedCheckLeavesNegativeNumbers() {
        Range checked = refine(Comparison.SIGNED_LESS, Range.UNKNOWN, 10).a();
        assertThat(checked.smax()).isEqualTo(9);
        assertThat(checked.umax()).isEqualTo(-1);
        assertThat(refine(Comparison.SIGNED_GREATER_OR_EQUAL, checked, 0).a()).isEqualTo(Range.unsigned(0, 9));
    }

    @Test
    void bothOperandsLearn() {
        Refined refined =
                RangeComparison.refine(Comparison.LESS_OR_EQUAL, Range.unsigned(5, 100), Range.unsigned(0, 50), true);
        assertThat(refined.a()).isEqualTo(Range.unsigned(5, 50));
        assertThat(refined.b()).isEqualTo(Range.unsigned(5, 50));
    }

    @Test
    void equalNumbersKnowTheSame() {
        Range even = Range.of(new Tnum(0, ~1L));
        Refined refined = RangeComparison.refine(Comparison.EQUAL, even, BYTE, true);
        assertThat(refined.a()).isEqualTo(refined.b());
        assertThat(refined.a().umax()).isEqualTo(254);
        assertThat(refine(Comparison.EQUAL, BYTE, 7).a()).isEqualTo(Range.of(7));
    }

    @Test
    void beingDifferentTellsOnlyAtTheEdges() {
        assertThat(refine(Comparison.NOT_EQUAL, BYTE, 0).a()).isEqualTo(Range.unsigned(1, 255));
        assertThat(refine(Comparison.NOT_EQUAL, BYTE, 255).a()).isEqualTo(Range.unsigned(0, 254));
        assertThat(refine(Comparison.NOT_EQUAL, BYTE, 7).a()).isEqualTo(BYTE);
        assertThat(RangeComparison.refine(Comparison.NOT_EQUAL, Range.of(0), BYTE, true)
                        .b())
                .isEqualTo(Range.unsigned(1, 255));
        assertThat(refine(Comparison.NOT_EQUAL, Range.of(7), 7).isEmpty()).isTrue();
        assertThat(RangeComparison.refine(Comparison.NOT_EQUAL, Range.of(7), Range.of(7), false)
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aTestOfOneBitSetsItAndAFailedTestClearsAll() {
        assertThat(refine(Comparison.TEST, Range.UNKNOWN, 8).a().bits()).isEqualTo(new Tnum(8, ~8L));
        assertThat(refine(Comparison.TEST, Range.UNKNOWN, 12).a()).isEqualTo(Range.UNKNOWN);
        assertThat(refine(Comparison.NOT_TEST, Range.UNKNOWN, ~0xffL).a()).isEqualTo(BYTE);
    }

    @Test
    void aFailedTestForgetsBoundsAsTheKernelDoes() {
        Range few = Range.unsigned(0, 5);
        assertThat(refine(Comparison.NOT_TEST, few, 1L << 40).a().umax()).isEqualTo(7);
    }

    @Test
    void anOrderIsDecidedByBounds() {
        assertThat(decide(Comparison.LESS, BYTE, 256)).isEqualTo(Decision.ALWAYS);
        assertThat(decide(Comparison.LESS, BYTE, 255)).isEqualTo(Decision.UNKNOWN);
        assertThat(decide(Comparison.GREATER, BYTE, 255)).isEqualTo(Decision.NEVER);
        assertThat(decide(Comparison.SIGNED_GREATER_OR_EQUAL, BYTE, 0)).isEqualTo(Decision.ALWAYS);
        assertThat(decide(Comparison.SIGNED_LESS, BYTE, -1)).isEqualTo(Decision.NEVER);
        assertThat(decide(Comparison.LESS, BYTE, -1)).isEqualTo(Decision.ALWAYS);
    }

    @Test
    void equalityIsDecidedByBoundsBitsAndHalves() {
        Range odd = Range.of(new Tnum(1, ~1L));
        assertThat(decide(Comparison.EQUAL, odd, 6)).isEqualTo(Decision.NEVER);
        assertThat(decide(Comparison.NOT_EQUAL, odd, 6)).isEqualTo(Decision.ALWAYS);
        assertThat(decide(Comparison.EQUAL, BYTE, 256)).isEqualTo(Decision.NEVER);
        assertThat(decide(Comparison.EQUAL, Range.of(3), 3)).isEqualTo(Decision.ALWAYS);
        Range smallBelow = RangeComparison.refine(Comparison.LESS, Range.UNKNOWN, Range.of(10), false)
                .a();
        assertThat(decide(Comparison.EQUAL, smallBelow, 11)).isEqualTo(Decision.NEVER);
    }

    @Test
    void aTestIsDecidedByBitsIfOneSideIsConstant() {
        assertThat(decide(Comparison.TEST, BYTE, 0x100)).isEqualTo(Decision.NEVER);
        assertThat(decide(Comparison.NOT_TEST, BYTE, 0x100)).isEqualTo(Decision.ALWAYS);
        Range odd = Range.of(new Tnum(1, ~1L));
        assertThat(decide(Comparison.TEST, odd, 3)).isEqualTo(Decision.ALWAYS);
        assertThat(RangeComparison.decide(Comparison.TEST, odd, odd, true)).isEqualTo(Decision.UNKNOWN);
    }

    @Test
    void aComparisonOf32BitsLooksAtTheLowHalves() {
        Range high = Range.of(5L << 32);
        assertThat(RangeComparison.decide(Comparison.EQUAL, high, Range.of(0), false))
                .isEqualTo(Decision.ALWAYS);
        assertThat(RangeComparison.decide(Comparison.SIGNED_LESS, Range.of(0xffff_ffffL), Range.of(0), false))
                .isEqualTo(Decision.ALWAYS);
        assertThat(RangeComparison.refine(Comparison.EQUAL, Range.UNKNOWN, Range.of(-1), false)
                        .a()
                        .constant32())
                .isEqualTo(-1);
    }

    @Test
    void anImpossibleOrderLeavesNothing() {
        assertThat(refine(Comparison.LESS, Range.UNKNOWN, 0).isEmpty()).isTrue();
        assertThat(refine(Comparison.GREATER, Range.UNKNOWN, -1).isEmpty()).isTrue();
        assertThat(refine(Comparison.SIGNED_LESS, Range.UNKNOWN, Long.MIN_VALUE).isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void theOppositeOfTheOppositeIsTheComparison(Comparison comparison) {
        assertThat(comparison.opposite()).isNotEqualTo(comparison);
        assertThat(comparison.opposite().opposite()).isEqualTo(comparison);
        assertThat(comparison.swapped().swapped()).isEqualTo(comparison);
    }

    private static Refined refine(Comparison comparison, Range range, long constant) {
        return RangeComparison.refine(comparison, range, Range.of(constant), true);
    }

    private static Decision decide(Comparison comparison, Range range, long constant) {
        return RangeComparison.decide(comparison, range, Range.of(constant), true);
    }
}
