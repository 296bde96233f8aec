package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Binary logarithms of random numbers by halving, and how often each came. */
public final class Log2 {
    private static final int BLOCKS = 64;
    private static final int NUMBERS = 64;

    static final class State extends Struct {
        @Length(64)
        long[] histogram;
    }

    static final State state = new State();

    private Log2() {}

    @Global
    static long block(long x) {
        long sum = 0;
        for (int i = 0; i < NUMBERS; i++) {
            x = Payload.random(x);
            long value = x >>> (i & 15);
            long log = 0;
            if (value >>> 32 != 0) {
                value >>>= 32;
                log += 32;
            }
            if (value >>> 16 != 0) {
                value >>>= 16;
                log += 16;
            }
            if (value >>> 8 != 0) {
                value >>>= 8;
                log += 8;
            }
            if (value >>> 4 != 0) {
                value >>>= 4;
                log += 4;
            }
            if (value >>> 2 != 0) {
                value >>>= 2;
                log += 2;
            }
            log += value >>> 1;
            state.histogram[(int) log & 63]++;
            sum += log;
        }
        return x + sum;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        for (int i = 0; i < BLOCKS; i++) {
            x = block(x);
        }
        return (int) x;
    }
}
