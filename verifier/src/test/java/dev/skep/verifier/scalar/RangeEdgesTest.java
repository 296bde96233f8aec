package dev.skep.verifier.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All members of all small intervals around the numbers where a reading wraps around. */
class RangeEdgesTest {
    private static final int DISTANCE = 2;

    private static final List<BinaryOperator> OPERATORS = List.of(
            BinaryOperator.ADD,
            BinaryOperator.SUBTRACT,
            BinaryOperator.MULTIPLY,
            BinaryOperator.AND,
            BinaryOperator.OR,
            BinaryOperator.XOR);

    static LongStream edges() {
        return LongStream.of(Ranges.EDGES);
    }

    @ParameterizedTest
    @MethodSource("edges")
    void arithmeticKeepsEveryResult(long edge) {
        for (long otherEdge : Ranges.EDGES) {
            for (Range left : Ranges.around(edge, DISTANCE)) {
                for (Range right : Ranges.around(otherEdge, DISTANCE)) {
                    for (BinaryOperator operator : OPERATORS) {
                        checkArithmetic(operator, left, edge, right, otherEdge);
                    }
                }
            }
        }
    }

    private static void checkArithmetic(
            BinaryOperator operator, Range left, long leftEdge, Range right, long rightEdge) {
        Range wide = RangeArithmetic.apply(operator, left, right, true);
        Range narrow = RangeArithmetic.apply(operator, left, right, false);
        for (long first = leftEdge - DISTANCE; first <= leftEdge + DISTANCE; first++) {
            for (long second = rightEdge - DISTANCE; second <= rightEdge + DISTANCE; second++) {
                if (left.contains(first) && right.contains(second)) {
                    if (!wide.contains(Numbers.compute(operator, first, second, true))
                            || !narrow.contains(Numbers.compute(operator, first, second, false))) {
                        assertThat(List.of(wide, narrow))
                                .as("%s of %s and %s loses 0x%x, 0x%x", operator, left, right, first, second)
                                .isEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("edges")
    void comparisonsAreTrueOfEveryPair(long edge) {
        for (Range a : Ranges.around(edge, DISTANCE)) {
            for (long otherEdge : Ranges.EDGES) {
                for (Range b : Ranges.around(otherEdge, DISTANCE)) {
                    for (Comparison comparison : Comparison.values()) {
                        checkComparison(comparison, a, edge, b, otherEdge, true);
                        checkComparison(comparison, a, edge, b, otherEdge, false);
                    }
                }
            }
        }
    }

    private static void checkComparison(
            Comparison comparison, Range a, long edgeOfA, Range b, long edgeOfB, boolean wide) {
        Decision decision = RangeComparison.decide(comparison, a, b, wide);
        Refined refined = RangeComparison.refine(comparison, a, b, wide);
        for (long first = edgeOfA - DISTANCE; first <= edgeOfA + DISTANCE; first++) {
            for (long second = edgeOfB - DISTANCE; second <= edgeOfB + DISTANCE; second++) {
                if (a.contains(first) && b.contains(second)) {
                    boolean holds = Numbers.holds(comparison, first, second, wide);
                    boolean decided = decision != (holds ? Decision.NEVER : Decision.ALWAYS);
                    boolean kept = !holds
                            || (refined.a().contains(first) && refined.b().contains(second));
                    if (!decided || !kept) {
                        assertThat(refined)
                                .as("%s %s of %s and %s, for 0x%x, 0x%x", comparison, decision, a, b, first, second)
                                .isNull();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("edges")
    void anIntervalIsExactlyItsNumbers(long edge) {
        for (long min = edge - DISTANCE; min <= edge + DISTANCE; min++) {
            for (long max = min; max <= edge + DISTANCE; max++) {
                Range interval = Range.signed(min, max);
                for (long number = edge - 2 * DISTANCE; number <= edge + 2 * DISTANCE; number++) {
                    assertThat(interval.contains(number)).isEqualTo(min <= number && number <= max);
                }
            }
        }
    }
}
