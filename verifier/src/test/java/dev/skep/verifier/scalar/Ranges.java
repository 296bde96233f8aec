package dev.skep.verifier.scalar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Ranges to try laws with. */
final class Ranges {
    /** Where one of the readings of a number wraps around. */
    static final long[] EDGES = {0, 1L << 31, 1L << 32, 3L << 31, Long.MIN_VALUE, -1L << 32, -1L << 31};

    private Ranges() {}

    /** A range, and one of the numbers it stands for. */
    record Membership(Range range, long member) {}

    /** The intervals, in each reading, whose ends are at most {@code distance} from an edge. */
    static List<Range> around(long edge, int distance) {
        List<Range> ranges = new ArrayList<>();
        for (long min = edge - distance; min != edge + distance + 1; min++) {
            for (long max = min; max != edge + distance + 1; max++) {
                if (Long.compareUnsigned(min, max) <= 0) {
                    ranges.add(Range.unsigned(min, max));
                }
                if (min <= max) {
                    ranges.add(Range.signed(min, max));
                }
            }
        }
        return ranges;
    }

    /** Numbers of all sizes, often near an edge or a power of two. */
    static Arbitrary<Long> numbers() {
        Arbitrary<Long> edges = Arbitraries.of(Arrays.stream(EDGES).boxed().toList());
        Arbitrary<Long> nearEdges = Combinators.combine(
                        edges, Arbitraries.longs().between(-300, 300))
                .as(Long::sum);
        Arbitrary<Long> nearPowers = Combinators.combine(
                        Arbitraries.integers().between(0, 63),
                        Arbitraries.longs().between(-2, 2))
                .as((power, distance) -> (1L << power) + distance);
        return Arbitraries.oneOf(nearEdges, nearPowers, Arbitraries.longs());
    }

    /** Ranges made of up to three facts of different kinds about one number. */
    static Arbitrary<Membership> memberships() {
        Arbitrary<Fact> facts = Combinators.combine(Arbitraries.of(Fact.Kind.class), numbers(), numbers())
                .as(Fact::new);
        return Combinators.combine(numbers(), facts.list().ofMinSize(0).ofMaxSize(3))
                .as((member, all) -> {
                    Range range = Range.UNKNOWN;
                    for (Fact fact : all) {
                        range = range.intersect(fact.of(member));
                    }
                    return new Membership(range, member);
                });
    }

    /** Something that is true of a number, by two more numbers that say how much is known. */
    private record Fact(Kind kind, long below, long above) {
        enum Kind {
            CONSTANT,
            BITS,
            UNSIGNED,
            SIGNED,
            UNSIGNED_32,
            SIGNED_32
        }

        Range of(long member) {
            int lower = (int) member;
            return switch (kind) {
                case CONSTANT -> below == above ? Range.of(member) : Range.UNKNOWN;
                case BITS -> Range.of(new Tnum(member & ~(below & above), below & above));
                case UNSIGNED -> Range.unsigned(Unsigned.min(member, below), Unsigned.max(member, above));
                case SIGNED -> Range.signed(Math.min(member, below), Math.max(member, above));
                case UNSIGNED_32 ->
                    lower(
                            Integer.MIN_VALUE,
                            Integer.MAX_VALUE,
                            Unsigned.min(lower, (int) below),
                            Unsigned.max(lower, (int) above));
                case SIGNED_32 -> lower(Math.min(lower, (int) below), Math.max(lower, (int) above), 0, -1);
            };
        }

        private static Range lower(int smin, int smax, int umin, int umax) {
            Range all = Range.UNKNOWN;
            return new Range(all.bits(), all.smin(), all.smax(), all.umin(), all.umax(), smin, smax, umin, umax)
                    .normalized();
        }
    }
}
