package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.Xdp;

/** A table of flows with 8-byte keys: counts up 1024 that are there or not, deletes and inserts some. */
public final class MapHash {
    private static final int FLOWS = 2048;
    private static final int BLOCKS = 16;
    private static final int LOOKUPS = 64;

    static final class Flow extends Struct {
        long packets;
        long bytes;
    }

    static final class State extends Struct {
        long seed;
        long missed;
    }

    static final HashMap<Long, Flow> flows = new HashMap<>(2 * FLOWS);
    static final State state = new State();

    private MapHash() {}

    private static long key(long x) {
        return (x >>> 20 & (FLOWS - 1)) * 0x9e3779b97f4a7c15L;
    }

    @Global
    static long count(long x) {
        long sum = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            x = Payload.random(x);
            long key = key(x);
            Flow flow = flows.lookup(key);
            if (flow != null) {
                flow.packets++;
                flow.bytes += x & 1023;
                sum += flow.bytes;
            } else {
                Flow fresh = new Flow();
                fresh.packets = 1;
                fresh.bytes = x & 1023;
                state.missed++;
                flows.put(key, fresh);
            }
            if ((x & 15) == 0) {
                flows.delete(key);
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
