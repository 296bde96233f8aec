package dev.skep.verifier.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operation on tnums against all members of all small tnums, at the ends and in the middle of the 64 bits. */
class TnumLawsTest {
    private static final int WIDTH = 4;
    private static final int FIRST = 0;
    private static final int ACROSS_HALVES = 30;
    private static final int LAST = 60;

    private enum Precision {
        SOUND,
        BEST
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, ACROSS_HALVES, LAST})
    void sumsAndDifferencesAreTheBestPossible(int shift) {
        check(shift, Tnum::add, (left, right) -> left + right, Precision.BEST);
        check(shift, Tnum::subtract, (left, right) -> left - right, Precision.BEST);
        check(shift, Tnum::negate, number -> -number, Precision.BEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, ACROSS_HALVES, LAST})
    void bitwiseResultsAreTheBestPossible(int shift) {
        check(shift, Tnum::and, (left, right) -> left & right, Precision.BEST);
        check(shift, Tnum::or, (left, right) -> left | right, Precision.BEST);
        check(shift, Tnum::xor, (left, right) -> left ^ right, Precision.BEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, 14, 29, LAST})
    void productsAreAmongTheMembers(int shift) {
        check(shift, Tnum::multiply, (left, right) -> left * right, Precision.SOUND);
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, ACROSS_HALVES, LAST})
    void shiftsAreTheBestPossible(int shift) {
        for (int bits = 0; bits < Long.SIZE; bits += 3) {
            int amount = bits;
            check(shift, tnum -> tnum.shiftLeft(amount), number -> number << amount, Precision.BEST);
            check(shift, tnum -> tnum.shiftRight(amount), number -> number >>> amount, Precision.BEST);
            check(shift, tnum -> tnum.arithmeticShiftRight(amount, 64), number -> number >> amount, Precision.BEST);
            if (amount < Integer.SIZE) {
                check(
                        shift,
                        tnum -> tnum.arithmeticShiftRight(amount, 32),
                        number -> ((int) number >> amount) & Numbers.LOWER_32,
                        Precision.BEST);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, 7, ACROSS_HALVES, LAST})
    void partsAndByteOrdersAreTheBestPossible(int shift) {
        check(shift, Tnum::lower32, number -> number & Numbers.LOWER_32, Precision.BEST);
        check(shift, Tnum::upper32, number -> number & ~Numbers.LOWER_32, Precision.BEST);
        check(shift, tnum -> tnum.truncate(1), number -> number & 0xff, Precision.BEST);
        check(shift, tnum -> tnum.truncate(2), number -> number & 0xffff, Precision.BEST);
        check(shift, tnum -> tnum.truncate(8), number -> number, Precision.BEST);
        check(shift, tnum -> tnum.byteSwap(64), Long::reverseBytes, Precision.BEST);
        check(
                shift,
                tnum -> tnum.byteSwap(32),
                number -> Integer.reverseBytes((int) number) & Numbers.LOWER_32,
                Precision.BEST);
        check(shift, tnum -> tnum.byteSwap(16), number -> Short.reverseBytes((short) number) & 0xffff, Precision.BEST);
        check(
                shift,
                Tnum::withLower32,
                (whole, lower) -> (whole & ~Numbers.LOWER_32) | (lower & Numbers.LOWER_32),
                Precision.BEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, LAST})
    void setOperationsAreThoseOfTheMembers(int shift) {
        for (Tnum left : Numbers.tnums(WIDTH, shift)) {
            Set<Long> leftMembers = members(left);
            for (Tnum right : Numbers.tnums(WIDTH, shift)) {
                Set<Long> rightMembers = members(right);
                Set<Long> all = new HashSet<>(leftMembers);
                all.addAll(rightMembers);
                assertThat(left.union(right)).isEqualTo(Numbers.tnumOf(all));
                Set<Long> common = new HashSet<>(leftMembers);
                common.retainAll(rightMembers);
                assertThat(left.overlaps(right)).isEqualTo(!common.isEmpty());
                if (!common.isEmpty()) {
                    assertThat(members(left.intersect(right))).isEqualTo(common);
                }
                assertThat(left.contains(right)).isEqualTo(leftMembers.containsAll(rightMembers));
            }
        }
    }

    @Test
    void theTnumOfAnIntervalIsTheBestPossible() {
        for (long min = -17; min < 17; min++) {
            Set<Long> numbers = new HashSet<>();
            for (long max = min; max < 17; max++) {
                numbers.add(max);
                assertThat(Tnum.ofRange(min, max)).isEqualTo(Numbers.tnumOf(numbers));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FIRST, ACROSS_HALVES, LAST})
    void theNextNumberIsTheSmallestMemberAbove(int shift) {
        for (Tnum tnum : Numbers.tnums(WIDTH, shift)) {
            for (long number = 0; number < 1 << WIDTH; number++) {
                for (long between = -1; between <= 1; between++) {
                    long from = (number << shift) + between;
                    assertThat(Tnum.next(tnum.value(), tnum.mask(), from)).isEqualTo(smallestAbove(tnum, from));
                }
            }
        }
    }

    private static long smallestAbove(Tnum tnum, long number) {
        long best = tnum.value() | tnum.mask();
        for (long member : Numbers.members(tnum)) {
            if (Long.compareUnsigned(member, number) > 0 && Long.compareUnsigned(member, best) < 0) {
                best = member;
            }
        }
        return best;
    }

    private static Set<Long> members(Tnum tnum) {
        Set<Long> members = new HashSet<>();
        for (long member : Numbers.members(tnum)) {
            assertThat(tnum.contains(member)).isTrue();
            members.add(member);
        }
        return members;
    }

    private static void check(
            int shift, UnaryOperator<Tnum> operation, LongUnaryOperator concrete, Precision precision) {
        for (Tnum tnum : Numbers.tnums(WIDTH, shift)) {
            Set<Long> results = new HashSet<>();
            for (long member : Numbers.members(tnum)) {
                results.add(concrete.applyAsLong(member));
            }
            checkResult(List.of(tnum), operation.apply(tnum), results, precision);
        }
    }

    private static void check(
            int shift, BinaryOperator<Tnum> operation, LongBinaryOperator concrete, Precision precision) {
        List<Tnum> all = Numbers.tnums(WIDTH, shift);
        for (Tnum left : all) {
            for (Tnum right : all) {
                Set<Long> results = new HashSet<>();
                for (long leftMember : Numbers.members(left)) {
                    for (long rightMember : Numbers.members(right)) {
                        results.add(concrete.applyAsLong(leftMember, rightMember));
                    }
                }
                checkResult(List.of(left, right), operation.apply(left, right), results, precision);
            }
        }
    }

    private static void checkResult(List<Tnum> operands, Tnum result, Set<Long> expected, Precision precision) {
        Tnum best = Numbers.tnumOf(expected);
        if (precision == Precision.BEST) {
            assertThat(result).as("of %s", operands).isEqualTo(best);
        } else {
            assertThat(result.contains(best))
                    .as("%s of %s is in %s", best, operands, result)
                    .isTrue();
        }
    }
}
