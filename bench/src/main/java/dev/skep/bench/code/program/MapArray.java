package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.Xdp;

/** Counters in an array map: 4096 look-ups. */
public final class MapArray {
    private static final int ENTRIES = 1024;
    private static final int BLOCKS = 64;
    private static final int LOOKUPS = 64;

    static final class Counter extends Struct {
        long packets;
        long bytes;
    }

    static final class State extends Struct {
        long beyond;
    }

    static final ArrayMap<Counter> counters = new ArrayMap<>(ENTRIES);
    static final State state = new State();

    private MapArray() {}

    @Global
    static long count(long x) {
        long sum = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            x = Payload.random(x);
            int key = (int) (x >>> 12) & (ENTRIES + 15);
            Counter counter = counters.lookup(key);
            if (counter != null) {
                counter.packets++;
                counter.bytes += x & 1023;
                sum += counter.packets ^ counter.bytes;
            } else {
                state.beyond++;
            }
        }
        return x + sum;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        for (int i = 0; i < BLOCKS; i++) {
            x = count(x);
        }
        return (int) x;
    }
}
