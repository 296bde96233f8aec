package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** A machine with two registers and sixteen operations that runs random code. */
public final class SwitchMachine {
    private static final int CODE = 128;
    private static final int ROUNDS = 64;

    static final class State extends Struct {
        long seed;
        long a;
        long b;

        @Unsigned
        @Length(CODE)
        byte[] code;

        @Length(16)
        long[] memory;
    }

    static final State state = new State();

    private SwitchMachine() {}

    @Global
    static int fill(long x) {
        for (int i = 0; i < CODE; i++) {
            x = Payload.random(x);
            state.code[i] = (byte) x;
        }
        return 0;
    }

    @Global
    static int execute(long x) {
        long a = state.a + x;
        long b = state.b;
        for (int i = 0; i < CODE; i++) {
            int code = state.code[i] & 0xff;
            int cell = code >> 4;
            switch (code & 15) {
                case 0 -> a += b;
                case 1 -> a -= cell;
                case 2 -> b += a;
                case 3 -> a ^= b;
                case 4 -> b |= a >>> 3;
                case 5 -> a = a << 5 | a >>> 59;
                case 6 -> b = b * 33;
                case 7 -> state.memory[cell] += a;
                case 8 -> a += state.memory[cell];
                case 9 -> b ^= state.memory[cell];
                case 10 -> state.memory[cell] ^= b;
                case 11 -> a = ~a;
                case 12 -> b -= a & 0xffff;
                case 13 -> a &= b | 0xff;
                case 14 -> b = b >>> 1 | b << 63;
                default -> a += cell * 7L;
            }
        }
        state.a = a;
        state.b = b;
        return 0;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        if (state.seed != x) {
            state.seed = x;
            state.a = x;
            fill(x);
        }
        for (int i = 0; i < ROUNDS; i++) {
            execute(i);
        }
        return (int) (state.a + state.b);
    }
}
