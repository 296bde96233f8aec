package dev.skep;

import dev.skep.lang.Loop;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;

/** Methods that are called within themselves, with other lambda expressions each time. */
final class Nested {
    /** What the lambda expressions change. */
    static final class Sum extends Struct {
        int value;
    }

    private Nested() {}

    private static void twice(IntConsumer action) {
        action.accept(3);
        action.accept(5);
    }

    private static int combine(int left, int right, IntBinaryOperator operator) {
        return operator.applyAsInt(left, right);
    }

    @Xdp
    static int fewRounds(XdpContext context) {
        Sum sum = new Sum();
        sum.value = context.length();
        Loop.times(3, i -> Loop.times(4, j -> Loop.times(2, k -> sum.value = sum.value * 31 + i * j - k)));
        return sum.value;
    }

    @Xdp
    static int ownMethods(XdpContext context) {
        Sum sum = new Sum();
        int length = context.length();
        twice(i -> twice(j -> sum.value += i * 10 + j + length));
        return combine(sum.value, length, (a, b) -> combine(a, b + 1, (c, d) -> c * d));
    }

    @Xdp
    static int callsThatDouble(XdpContext context) {
        return first(context.length());
    }

    private static int first(int x) {
        return second(x) + 3 * second(x + 1);
    }

    private static int second(int x) {
        return third(x) + 3 * third(x + 2);
    }

    private static int third(int x) {
        return fourth(x) + 3 * fourth(x + 3);
    }

    private static int fourth(int x) {
        return fifth(x) + 3 * fifth(x + 4);
    }

    private static int fifth(int x) {
        return sixth(x) + 3 * sixth(x + 5);
    }

    private static int sixth(int x) {
        return seventh(x) + 3 * seventh(x + 6);
    }

    private static int seventh(int x) {
        return eighth(x) + 3 * eighth(x + 7);
    }

    private static int eighth(int x) {
        return ninth(x) + 3 * ninth(x + 8);
    }

    private static int ninth(int x) {
        return tenth(x) + 3 * tenth(x + 9);
    }

    private static int tenth(int x) {
        return eleventh(x) + 3 * eleventh(x + 10);
    }

    private static int eleventh(int x) {
        return twelfth(x) + 3 * twelfth(x + 11);
    }

    private static int twelfth(int x) {
        return x * 5 ^ x >>> 3;
    }
}
