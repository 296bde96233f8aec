package dev.skep.compiler.java.samples;

import dev.skep.lang.Loop;
import dev.skep.lang.Struct;
import dev.skep.lang.Timer;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LpmTrie;
import dev.skep.lang.map.LruPerCpuHashMap;
import dev.skep.lang.program.Xdp;
import java.util.function.IntConsumer;

/** Lambda expressions that cannot be callbacks. Tests name the lines: change it at its end only. */
public final class RefusedCallbacks {
    static final class Prefix extends Struct {
        int length;
        int address;
    }

    static final LpmTrie<Prefix, Long> prefixes = new LpmTrie<>(16);

    private RefusedCallbacks() {}

    @Xdp
    static int unknown(XdpContext ctx) {
        IntConsumer nothing = null;
        Loop.times(100, nothing);
        return 2;
    }

    @Xdp
    static int trie(XdpContext ctx) {
        return prefixes.forEach((prefix, value) -> prefix.length = 1);
    }

    @Xdp
    static int recursive(XdpContext ctx) {
        again(3);
        return 2;
    }

    private static void again(int count) {
        Loop.times(count + 100, RefusedCallbacks::again);
    }

    static final class Timed extends Struct {
        Timer timer = new Timer();
    }

    static final HashMap<Integer, Timed> timed = new HashMap<>(16);
    static final LruPerCpuHashMap<Integer, Timed> perCpu = new LruPerCpuHashMap<>(16);

    @Xdp
    static int capturing(XdpContext ctx) {
        Timed value = timed.lookup(1);
        if (value != null) {
            int captured = ctx.rx_queue_index;
            value.timer.setCallback(timed, (k, v) -> timed.delete(captured));
            value.timer.initialize(perCpu);
        }
        return 2;
    }
}
