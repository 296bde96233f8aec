package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/**
 * Small functions that call each other: a hash of a hash, four calls for each number. As in C, where they are {@code noinline}, the
 * functions stay functions.
 */
public final class Calls {
    private static final int BLOCKS = 64;
    private static final int NUMBERS = 64;

    static final class State extends Struct {
        long last;
    }

    static final State state = new State();

    private Calls() {}

    @Global
    static long rotate(long value, int by) {
        return value << by | value >>> -by;
    }

    @Global
    static long blend(long left, long right) {
        return (left ^ right) * 0x9e3779b97f4a7c15L + rotate(left, (int) right);
    }

    @Global
    static long choose(long left, long right, long which) {
        return (which & 1) != 0 ? blend(left, right) : blend(right, left + which);
    }

    @Global
    static long step(long x, long i) {
        return choose(x, rotate(x, (int) i) + i, x >>> 11);
    }

    @Global
    static long block(long x) {
        for (int i = 0; i < NUMBERS; i++) {
            x = step(x, i);
        }
        return x;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        for (int i = 0; i < BLOCKS; i++) {
            x = block(x);
        }
        state.last = x;
        return (int) x;
    }
}
