package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** The product of two 32 by 32 matrices of 64-bit numbers. */
public final class Matrix {
    private static final int SIZE = 32;

    static final class State extends Struct {
        long seed;

        @Length(SIZE * SIZE)
        long[] left;

        @Length(SIZE * SIZE)
        long[] right;

        @Length(SIZE * SIZE)
        long[] product;
    }

    static final State state = new State();

    private Matrix() {}

    @Global
    static int fill(long x) {
        for (int i = 0; i < SIZE * SIZE; i++) {
            x = Payload.random(x);
            state.left[i] = x >>> 20;
            x = Payload.random(x);
            state.right[i] = x >>> 24;
        }
        return 0;
    }

    @Global
    static long multiplyRow(int row) {
        int start = (row & (SIZE - 1)) * SIZE;
        long trace = 0;
        for (int column = 0; column < SIZE; column++) {
            long sum = 0;
            for (int i = 0; i < SIZE; i++) {
                sum += state.left[start + i] * state.right[i * SIZE + column];
            }
            state.product[start + column] = sum;
            trace ^= sum;
        }
        return trace;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        long trace = 0;
        if (state.seed != x) {
            state.seed = x;
            fill(x);
        }
        for (int row = 0; row < SIZE; row++) {
            trace += multiplyRow(row);
        }
        return (int) (trace ^ trace >>> 32);
    }
}
