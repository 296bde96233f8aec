package dev.skep.verifier.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.verifier.scalar.Ranges.Membership;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is done, the true number stays among those a range stands for. */
class RangeLawsTest {
    private static final int TRIES = 2_000;

    @Provide
    Arbitrary<Membership> memberships() {
        return Ranges.memberships();
    }

    @Provide
    Arbitrary<Long> numbers() {
        return Ranges.numbers();
    }

    @Property(tries = TRIES)
    void aRangeContainsWhatIsKnownOfANumberAndIsNotEmpty(@ForAll("memberships") Membership known) {
        assertThat(known.range().contains(known.member())).isTrue();
        assertThat(known.range().isEmpty()).isFalse();
        assertThat(known.range().contains(Range.of(known.member()))).isTrue();
        assertThat(Range.UNKNOWN.contains(known.range())).isTrue();
    }

    @Property(tries = TRIES)
    void arithmeticKeepsTheResult(
            @ForAll("memberships") Membership left,
            @ForAll("memberships") Membership right,
            @ForAll BinaryOperator operator,
            @ForAll boolean wide) {
        Range result = RangeArithmetic.apply(operator, left.range(), right.range(), wide);
        long number = Numbers.compute(operator, left.member(), right.member(), wide);
        assertMember(result, number);
    }

    @Property(tries = TRIES)
    void negationAndByteSwapsKeepTheResult(@ForAll("memberships") Membership known) {
        Range range = known.range();
        long member = known.member();
        assertMember(RangeArithmetic.negate(range, true), -member);
        assertMember(RangeArithmetic.negate(range, false), -member & Numbers.LOWER_32);
        assertMember(RangeArithmetic.byteSwap(range, 64), Long.reverseBytes(member));
        assertMember(RangeArithmetic.byteSwap(range, 32), Integer.reverseBytes((int) member) & Numbers.LOWER_32);
        assertMember(RangeArithmetic.byteSwap(range, 16), Short.reverseBytes((short) member) & 0xffff);
    }

    @Property(tries = TRIES)
    void conversionsKeepTheResult(@ForAll("memberships") Membership known) {
        Range range = known.range();
        long member = known.member();
        assertMember(range.lower32(), member & Numbers.LOWER_32);
        assertMember(range.truncate(1), member & 0xff);
        assertMember(range.truncate(2), member & 0xffff);
        assertMember(range.truncate(4), member & Numbers.LOWER_32);
        assertMember(range.zeroExtend(4), member & Numbers.LOWER_32);
        assertMember(range.signExtend(1), (byte) member);
        assertMember(range.signExtend(2), (short) member);
        assertMember(range.signExtend(4), (int) member);
        assertMember(range.signExtend32(1), (byte) member & Numbers.LOWER_32);
        assertMember(range.signExtend32(2), (short) member & Numbers.LOWER_32);
        assertMember(range.withoutBounds(), member);
    }

    @Property(tries = TRIES)
    void aDecisionIsTrueOfTheNumbers(
            @ForAll("memberships") Membership a,
            @ForAll("memberships") Membership b,
            @ForAll Comparison comparison,
            @ForAll boolean wide) {
        boolean holds = Numbers.holds(comparison, a.member(), b.member(), wide);
        Decision decision = RangeComparison.decide(comparison, a.range(), b.range(), wide);
        assertThat(decision).isNotEqualTo(holds ? Decision.NEVER : Decision.ALWAYS);
    }

    @Property(tries = TRIES)
    void aRefinementKeepsTheNumbersTheComparisonHoldsFor(
            @ForAll("memberships") Membership a,
            @ForAll("memberships") Membership b,
            @ForAll Comparison comparison,
            @ForAll boolean wide) {
        boolean holds = Numbers.holds(comparison, a.member(), b.member(), wide);
        Refined refined =
                RangeComparison.refine(holds ? comparison : comparison.opposite(), a.range(), b.range(), wide);
        assertMember(refined.a(), a.member());
        assertMember(refined.b(), b.member());
        assertThat(refined.isEmpty()).isFalse();
    }

    @Property(tries = TRIES)
    void aComparisonSaysTheSameOfSwappedOperands(
            @ForAll("memberships") Membership a,
            @ForAll("memberships") Membership b,
            @ForAll Comparison comparison,
            @ForAll boolean wide) {
        Comparison swapped = comparison.swapped();
        assertThat(RangeComparison.decide(swapped, b.range(), a.range(), wide))
                .isEqualTo(RangeComparison.decide(comparison, a.range(), b.range(), wide));
        assertThat(RangeComparison.decide(comparison.opposite(), a.range(), b.range(), wide))
                .isEqualTo(RangeComparison.decide(comparison, a.range(), b.range(), wide)
                        .negated());
    }

    @Property(tries = TRIES)
    void anIntersectionHasTheCommonNumbers(
            @ForAll("memberships") Membership first, @ForAll("memberships") Membership second) {
        Range both = first.range().intersect(second.range());
        boolean common = second.range().contains(first.member());
        if (common) {
            assertMember(both, first.member());
        }
        assertThat(common && both.isEmpty()).isFalse();
        assertThat(first.range().intersect(Range.UNKNOWN).contains(first.member()))
                .isTrue();
    }

    @Property(tries = TRIES)
    void numbersApartHaveNoIntersection(@ForAll("memberships") Membership known, @ForAll("numbers") long other) {
        boolean member = known.range().contains(other);
        assertThat(known.range().intersect(Range.of(other)).isEmpty()).isNotEqualTo(member);
    }

    @Property(tries = TRIES)
    void normalizingKeepsTheNumbersAndSettles(@ForAll("memberships") Membership known) {
        Range settled = known.range();
        // A few rounds of deduction are made at a time, as in the kernel; more of them come to an end.
        for (int round = 0; round < 20; round++) {
            settled = settled.normalized();
            assertMember(settled, known.member());
        }
        assertThat(settled.normalized()).isSameAs(settled);
    }

    private static void assertMember(Range range, long number) {
        assertThat(range.contains(number)).as("%s contains 0x%x", range, number).isTrue();
    }
}
