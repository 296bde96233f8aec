package dev.skep;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Objects that are made in loops, and references to those of earlier rounds. */
final class Rounds {
    static final class Point extends Struct {
        int x;
        int y;
    }

    static final class Counter {
        int count;
    }

    static final class Holder {
        Counter counter;
        Point point;
    }

    record Pair(int left, int right) {}

    private Rounds() {}

    private static Point make(int x) {
        Point point = new Point();
        point.x = x;
        return point;
    }

    /** Each is used up before the next is made. */
    static int usedBefore(int first, int second, long third) {
        Point previous = null;
        int sum = 0;
        for (int i = 0; i < 5; i++) {
            if (previous != null) {
                sum = sum * 31 + previous.x + previous.y;
            }
            Point point = make(first >> i);
            point.y += second;
            if ((third >> i & 1) == 0) {
                point.y++;
            }
            previous = point;
        }
        return sum;
    }

    @Xdp
    static int usedBefore(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : usedBefore(numbers.first, numbers.second, numbers.third);
    }

    /** The last one is there behind the loop, and starts with zeros. */
    static int last(int first, int second, long third) {
        Point point = make(7);
        int[] numbers = {1, 2};
        for (int i = 0; i < (first & 3); i++) {
            point = new Point();
            point.x += second >> i;
            numbers = new int[2];
            numbers[i & 1] += point.x;
        }
        return point.x * 31 + point.y + numbers[0] * 7 + numbers[1];
    }

    @Xdp
    static int last(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : last(numbers.first, numbers.second, numbers.third);
    }

    /** References within objects: null, then something, then null again, and what never changes. */
    static int inside(int first, int second, long third) {
        Holder holder = new Holder();
        int sum = holder.counter == null ? 1 : 2;
        holder.counter = new Counter();
        for (int i = 0; i < 3; i++) {
            holder.counter.count += first >> i;
            if (holder.point != null) {
                sum += holder.point.x;
            }
            holder.point = make(second);
            Holder round = new Holder();
            sum += round.counter == null ? 10 : 20;
            round.counter = holder.counter;
            sum += round.counter.count;
        }
        sum += holder.counter.count;
        holder.counter = null;
        return holder.counter == null ? sum : -sum;
    }

    @Xdp
    static int inside(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : inside(numbers.first, numbers.second, numbers.third);
    }

    /** Two of one {@code new} that is not in a loop, and values that are copied. */
    static int several(int first, int second, long third) {
        Point one = make(first);
        Point other = make(second);
        one.y += 3;
        Pair before = new Pair(1, 2);
        Counter counter = new Counter();
        for (int i = 0; i < 4; i++) {
            Pair pair = new Pair(before.right() + i, before.left() ^ first);
            Counter round = new Counter();
            round.count += i;
            counter.count += round.count * pair.left();
            before = (second >> i & 1) == 0 ? pair : new Pair(pair.right(), before.right());
        }
        return one.x * 3 + one.y + other.x * 5 + other.y + before.left() + before.right() * 7 + counter.count;
    }

    @Xdp
    static int several(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        return numbers == null ? -1 : several(numbers.first, numbers.second, numbers.third);
    }
}
