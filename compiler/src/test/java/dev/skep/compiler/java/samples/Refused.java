package dev.skep.compiler.java.samples;

import dev.skep.lang.Log;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.Xdp;
import java.util.ArrayList;
import java.util.List;

/** Everything here is Java that BPF cannot do. Tests name the lines: change it at its end only. */
public final class Refused {
    static final HashMap<Integer, Long> counts = new HashMap<>(16);
    static final HashMap<Integer, Long> others = new HashMap<>(16);

    private Refused() {}

    @Xdp
    static int heap(XdpContext ctx) {
        List<Integer> list = new ArrayList<>();
        list.add(ctx.rx_queue_index);
        int[] array = new int[ctx.rx_queue_index];
        array[0] = 1;
        return list.size() + array[0];
    }

    @Xdp
    static int floating(XdpContext ctx) {
        double half = ctx.rx_queue_index / 2.0;
        return (int) half;
    }

    @Xdp
    static int exceptions(XdpContext ctx) {
        try {
            if (ctx.rx_queue_index == 1) {
                throw new IllegalStateException("one");
            }
        } catch (IllegalStateException one) {
            return 1;
        }
        return 2;
    }

    @Xdp
    static int recursive(XdpContext ctx) {
        return fibonacci(ctx.rx_queue_index);
    }

    static int fibonacci(int n) {
        return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
    }

    @Xdp
    static int chosenMap(XdpContext ctx) {
        HashMap<Integer, Long> map = ctx.rx_queue_index == 0 ? counts : others;
        map.add(1, 1);
        return 2;
    }

    @Xdp
    int instance(XdpContext ctx) {
        return ctx.rx_queue_index;
    }

    @Xdp
    static long tooWide(XdpContext ctx) {
        return ctx.rx_queue_index;
    }

    @Xdp
    static int text(XdpContext ctx) {
        Log.printf("queue " + ctx.rx_queue_index);
        synchronized (Refused.class) {
            return 2;
        }
    }

    @Xdp
    static int jdk(XdpContext ctx) {
        return (int) System.nanoTime();
    }
}
