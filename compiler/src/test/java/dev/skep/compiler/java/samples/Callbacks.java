package dev.skep.compiler.java.samples;

import dev.skep.lang.Loop;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.Xdp;

/** Lambda expressions as callbacks. */
public final class Callbacks {
    static final class Sum extends Struct {
        long total;
    }

    static final HashMap<Integer, Long> counts = new HashMap<>(16);

    private Callbacks() {}

    @Xdp
    static int few(XdpContext ctx) {
        Sum sum = new Sum();
        Loop.times(64, i -> sum.total += i);
        return (int) sum.total;
    }

    @Xdp
    static int many(XdpContext ctx) {
        Sum sum = new Sum();
        Loop.times(65, i -> sum.total += i);
        return (int) sum.total;
    }

    @Xdp
    static int tooMany(XdpContext ctx) {
        Sum sum = new Sum();
        Loop.times(Loop.MOST_ROUNDS + ctx.rx_queue_index + 1, i -> sum.total += i);
        return (int) sum.total;
    }

    @Xdp
    static int entries(XdpContext ctx) {
        return counts.forEach(Callbacks::increment);
    }

    private static void increment(int key, Long value) {
        counts.add(key, value & 1);
    }
}
