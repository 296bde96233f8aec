package dev.skep.compiler.java.samples;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.PerCpuArray;
import dev.skep.lang.map.PerCpuHashMap;
import dev.skep.lang.program.Xdp;

/** {@code for} loops over maps that any kernel takes which goes through maps. */
public final class EntrySums {
    static final class Sum extends Struct {
        long total;
        int rounds;
    }

    static final HashMap<Integer, Long> lengths = new HashMap<>(64);
    static final PerCpuHashMap<Sum, Sum> own = new PerCpuHashMap<>(64);
    static final PerCpuArray<Long> few = new PerCpuArray<>(3);
    static final ArrayMap<Sum> many = new ArrayMap<>(1000);

    private EntrySums() {}

    @Xdp
    static int numbers(XdpContext context) {
        long first = -1;
        int rounds = 0;
        for (var entry : lengths) {
            if (first == -1) {
                first = entry.value();
            }
            if (entry.key() == context.length()) {
                return rounds;
            }
            rounds++;
        }
        return rounds == 1 ? (int) first : rounds;
    }

    @Xdp
    static int structs(XdpContext context) {
        Sum sum = new Sum();
        for (var entry : own) {
            if (sum.rounds == 3) {
                break;
            }
            sum.rounds++;
            sum.total += entry.key().total / entry.value().rounds;
        }
        return sum.rounds == 1 ? 1 : (int) sum.total;
    }

    @Xdp
    static int nested(XdpContext context) {
        int all = 0;
        for (var entry : many) {
            for (var length : lengths) {
                all += length.key() ^ entry.key();
            }
            for (var count : few) {
                all += (int) (count.value() * entry.value().rounds);
            }
        }
        return all;
    }
}
