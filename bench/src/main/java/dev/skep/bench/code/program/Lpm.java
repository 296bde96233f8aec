package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.LpmTrie;
import dev.skep.lang.program.Xdp;

/** A routing table of some 4000 IPv4 prefixes: 256 look-ups, most of which find one. */
public final class Lpm {
    private static final int PREFIXES = 4096;
    private static final int FILLED_AT_ONCE = 64;
    private static final int BLOCKS = 4;
    private static final int LOOKUPS = 64;

    static final class Prefix extends Struct {
        int length;
        int address;
    }

    static final class State extends Struct {
        long seed;
        long missed;

        @Length(16)
        long[] nextHops;
    }

    static final LpmTrie<Prefix, Integer> routes = new LpmTrie<>(2 * PREFIXES);
    static final State state = new State();

    private Lpm() {}

    @Global
    static long fill(long x) {
        for (int i = 0; i < FILLED_AT_ONCE; i++) {
            x = Payload.random(x);
            Prefix prefix = new Prefix();
            prefix.length = 8 + (int) ((x >>> 56) % 21);
            prefix.address = (int) x & 0xffffff1f;
            routes.put(prefix, (int) (x >>> 40));
        }
        return x;
    }

    @Global
    static long route(long x) {
        long sum = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            x = Payload.random(x);
            Prefix address = new Prefix();
            address.length = 32;
            address.address = (int) x & 0xffffff1f;
            Integer hop = routes.lookup(address);
            if (hop != null) {
                sum += Integer.toUnsignedLong(hop);
                state.nextHops[hop & 15]++;
            } else {
                state.missed++;
            }
        }
        return x + sum;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        if (state.seed == 0) {
            long y = x;
            for (int i = 0; i < PREFIXES / FILLED_AT_ONCE; i++) {
                y = fill(y);
            }
            state.seed = x;
        }
        for (int i = 0; i < BLOCKS; i++) {
            x = route(x);
        }
        return (int) x;
    }
}
