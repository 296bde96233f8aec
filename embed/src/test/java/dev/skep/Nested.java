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
}
