package dev.skep;

import dev.skep.lang.Struct;
import dev.skep.lang.Subprogram;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.Xdp;

/** Programs with methods that become functions of their own. */
final class Functions {
    /** The packet's first bytes. */
    static final class Input extends Struct {
        int first;
        int second;
        long third;

        @Unsigned
        byte small;
    }

    /** A number that is counted. */
    static final class Counter extends Struct {
        long sum;
        int calls;
    }

    static final ArrayMap<Counter> counters = new ArrayMap<>(4);

    private Functions() {}

    /** Long, and called three times. It may divide by zero. */
    private static int mix(int a, int b, long c) {
        int result = a;
        for (int i = 0; i < 3; i++) {
            result = result * 31 + (b >>> i) ^ (int) (c >> i);
            if ((result & 1) == 0) {
                result += a / (b & 7);
            } else if (result > b) {
                result -= Math.min(a, b) + Integer.bitCount(result);
            } else {
                result ^= (int) (c % 1_000_003);
            }
        }
        if (c < 0) {
            result = Integer.rotateLeft(result, a) + Integer.reverseBytes(b);
        }
        int[] table = {3, 1, 4, 1, 5, 9, 2, 6};
        result += table[result & 7] * table[b >> 3 & 7] - table[a & 3];
        return (a & 64) == 0 ? result : -result;
    }

    @Subprogram
    private static byte smallest(Input input, byte other) {
        return input.small < other ? input.small : other;
    }

    @Subprogram
    private static long count(Counter counter, long number, boolean twice) {
        counter.calls++;
        counter.sum += twice ? 2 * number : number;
        return counter.sum;
    }

    @Subprogram
    private static void add(int index, int number) {
        Counter counter = counters.lookup(index);
        if (counter != null) {
            count(counter, number, number < 0);
        }
    }

    @Xdp
    static int mixes(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        int once = mix(input.first, input.second, input.third);
        int twice = mix(once, input.first, -5);
        return (once & 1) == 0 ? mix(twice, once, input.third) : once ^ twice;
    }

    @Xdp
    static int counts(XdpContext context) {
        Input input = context.packet(0, Input.class);
        Counter counter = counters.lookup(1);
        if (input == null || counter == null) {
            return -1;
        }
        add(input.first & 3, input.second);
        add(2, 1);
        int small = smallest(input, (byte) input.first);
        return small * 1000 + (int) count(counter, input.third, small > 0);
    }
}
