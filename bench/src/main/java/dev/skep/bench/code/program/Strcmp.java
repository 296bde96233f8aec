package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Ranks 64 strings that begin alike: how many of the others are less than each. */
public final class Strcmp {
    private static final int STRINGS = 64;
    private static final int LENGTH = 32;

    static final class State extends Struct {
        long seed;

        @Length(STRINGS)
        int[] rank;

        @Length(STRINGS * LENGTH)
        byte[] text;
    }

    static final State state = new State();

    private Strcmp() {}

    @Global
    static int fill(long x) {
        for (int i = 0; i < STRINGS; i++) {
            int end = 8 + (i & 15);
            for (int at = 0; at < LENGTH; at++) {
                x = Payload.random(x);
                state.text[i * LENGTH + at] = (byte) (at >= end ? 0 : at < 5 ? 'a' + at : 'a' + (int) (x & 1));
            }
        }
        return 0;
    }

    @Global
    static int compare(int left, int right) {
        int a = (left & (STRINGS - 1)) * LENGTH;
        int b = (right & (STRINGS - 1)) * LENGTH;
        for (int at = 0; at < LENGTH; at++) {
            if (state.text[a + at] != state.text[b + at] || state.text[a + at] == 0) {
                return state.text[a + at] - state.text[b + at];
            }
        }
        return 0;
    }

    @Global
    static int rank(int string) {
        int less = 0;
        for (int other = 0; other < STRINGS; other++) {
            less += compare(other, string) < 0 ? 1 : 0;
        }
        state.rank[string & (STRINGS - 1)] = less;
        return less;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        long sum = 0;
        if (state.seed != x) {
            state.seed = x;
            fill(x);
        }
        for (int i = 0; i < STRINGS; i++) {
            sum = sum * 31 + rank(i);
        }
        return (int) sum;
    }
}
