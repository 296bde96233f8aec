package dev.skep;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.Xdp;

/** Programs with records and helper objects. */
final class Values {
    /** The packet's first bytes. */
    static final class Input extends Struct {
        int first;
        int second;
        long third;
    }

    /** Two numbers. */
    record Pair(int left, long right) {
        Pair swapped() {
            return new Pair((int) right, left);
        }

        static Pair of(Input input) {
            return (input.first & 1) == 0 ? new Pair(input.first, input.third) : new Pair(input.second, 5);
        }
    }

    /** With a constructor that changes its parameters, and constants. */
    record Range(int from, int to) {
        static final int WIDEST = 1000;

        Range {
            if (from > to) {
                int greater = from;
                from = to;
                to = greater;
            }
            to = Math.min(to, from + WIDEST);
        }

        Range() {
            this(10, 20);
        }

        boolean contains(int number) {
            return number >= from && number < to;
        }
    }

    enum Kind {
        ONE,
        OTHER
    }

    /** Of records and an enum. */
    record Nested(Pair pair, Range range, Kind kind, boolean odd) {}

    /** What records have in common. */
    sealed interface Shape permits Circle, Box {}

    record Circle(int radius) implements Shape {}

    record Box(Pair sides) implements Shape {}

    /** Generic, and with state. */
    static final class Maximum<T extends Comparable<T>> {
        private long greatest = Long.MIN_VALUE;
        private int calls;

        void offer(long number) {
            calls++;
            if (number > greatest) {
                greatest = number;
            }
        }

        long result() {
            return calls == 0 ? 0 : greatest + calls;
        }
    }

    static final ArrayMap<Long> sums = new ArrayMap<>(4);

    private Values() {}

    private static <T> T choose(boolean first, T one, T other) {
        return first ? one : other;
    }

    @Xdp
    static int pairs(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Pair pair = Pair.of(input);
        Pair swapped = pair.swapped();
        Pair chosen = choose(input.second > 0, pair, swapped);
        int sum = pair.left + (int) (swapped.right() * 3) + chosen.left();
        return pair.equals(swapped) || pair.equals(Pair.of(input)) ? sum : sum + 1;
    }

    @Xdp
    static int loops(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Pair current = new Pair(input.first, input.second);
        Pair before = new Pair(1, 2);
        for (int i = 0; i < 5; i++) {
            Pair next = new Pair(before.left + i, current.right ^ before.left);
            if ((input.third >> i & 1) == 0) {
                Pair kept = before;
                before = current;
                current = next;
                next = kept;
            }
            current = new Pair(next.left() + current.left, current.right - i);
        }
        return current.hashCode() * 31 + before.hashCode();
    }

    @Xdp
    static int constructors(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Range range = (input.first & 7) == 0 ? new Range() : new Range(input.first >> 20, input.second >> 20);
        int inside = range.contains((int) input.third >> 20) ? 1 : 0;
        return range.from() * 7 + range.to() + inside;
    }

    @Xdp
    static int patterns(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Kind kind = input.first > 0 ? Kind.ONE : Kind.OTHER;
        Nested nested = new Nested(
                Pair.of(input), new Range(input.first & 15, input.second & 255), kind, (input.first & 1) != 0);
        int result = 0;
        if (nested instanceof Nested(Pair(int left, long right), Range range, Kind k, boolean odd) && odd) {
            result = left + (int) right + range.to() + k.ordinal();
        }
        Nested same = new Nested(nested.pair(), nested.range(), nested.kind(), nested.odd());
        return result
                + (same.equals(nested) ? 1 : 0)
                + area(new Circle(input.second & 31))
                + area(new Box(nested.pair()))
                + nested.range().hashCode();
    }

    private static int area(Shape shape) {
        return switch (shape) {
            case Circle(int radius) when radius > 16 -> 1000;
            case Circle c -> 3 * c.radius() * c.radius();
            case Box(Pair(int left, long right)) -> left * (int) right;
        };
    }

    @Xdp
    static int helpers(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Maximum<Long> maximum = new Maximum<>();
        Maximum<Integer> same = new Maximum<>();
        for (int i = 0; i < (input.first & 7); i++) {
            maximum.offer(input.third >> i);
            if ((input.second >> i & 1) == 0) {
                same.offer(-i);
            }
        }
        sums.add(input.first & 3, maximum.result());
        return (int) (maximum.result() + same.result()) + (maximum.equals(same) ? 1 : 0);
    }
}
