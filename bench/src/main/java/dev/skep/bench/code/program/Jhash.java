package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Bob Jenkins' lookup3 hash, as the kernel has it, of 1020 bytes, 64 times over with the last result as the seed. */
public final class Jhash {
    private static final int ROUNDS = 64;
    private static final int WORDS = 255;

    static final class State extends Struct {
        int hash;
        int seed;

        @Length(WORDS)
        int[] words;
    }

    static final State state = new State();

    private Jhash() {}

    @Global
    static int hash(int seed) {
        int a = 0xdeadbeef + (WORDS << 2) + seed;
        int b = a;
        int c = a;
        for (int i = 0; i < WORDS; i += 3) {
            a += state.words[i];
            b += state.words[i + 1];
            c += state.words[i + 2];
            a -= c;
            a ^= Integer.rotateLeft(c, 4);
            c += b;
            b -= a;
            b ^= Integer.rotateLeft(a, 6);
            a += c;
            c -= b;
            c ^= Integer.rotateLeft(b, 8);
            b += a;
            a -= c;
            a ^= Integer.rotateLeft(c, 16);
            c += b;
            b -= a;
            b ^= Integer.rotateLeft(a, 19);
            a += c;
            c -= b;
            c ^= Integer.rotateLeft(b, 4);
            b += a;
        }
        c ^= b;
        c -= Integer.rotateLeft(b, 14);
        a ^= c;
        a -= Integer.rotateLeft(c, 11);
        b ^= a;
        b -= Integer.rotateLeft(a, 25);
        c ^= b;
        c -= Integer.rotateLeft(b, 16);
        a ^= c;
        a -= Integer.rotateLeft(c, 4);
        b ^= a;
        b -= Integer.rotateLeft(a, 14);
        c ^= b;
        c -= Integer.rotateLeft(b, 24);
        return c;
    }

    @Global
    static int fill(long x) {
        for (int i = 0; i < WORDS; i++) {
            x = Payload.random(x);
            state.words[i] = (int) x;
        }
        return 0;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        int hash = 0;
        if (state.seed != (int) x) {
            state.seed = (int) x;
            fill(x);
        }
        for (int i = 0; i < ROUNDS; i++) {
            hash = hash(hash);
        }
        state.hash = hash;
        return hash;
    }
}
