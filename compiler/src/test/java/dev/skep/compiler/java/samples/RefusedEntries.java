package dev.skep.compiler.java.samples;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.Entry;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LpmTrie;
import dev.skep.lang.program.Xdp;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Loops over maps that cannot be had, each in a class. */
public final class RefusedEntries {
    public static final class Key extends Struct {
        int prefix;
        int address;
    }

    private RefusedEntries() {}

    public static final class OfTrie {
        static final LpmTrie<Key, Long> routes = new LpmTrie<>(16);

        @Xdp
        static int count(XdpContext context) {
            int count = 0;
            for (Entry<Key, Long> route : routes) {
                count += route.key().prefix;
            }
            return count;
        }
    }

    public static final class KeptKey {
        static final HashMap<Key, Long> counts = new HashMap<>(16);

        @Xdp
        static int find(XdpContext context) {
            Key last = new Key();
            for (var entry : counts) {
                last = entry.key();
            }
            return last.address;
        }
    }

    public static final class KeptValue {
        static final HashMap<Integer, Key> keys = new HashMap<>(16);

        @Xdp
        static int find(XdpContext context) {
            @Nullable Key last = null;
            for (var entry : keys) {
                last = entry.value();
            }
            return last == null ? 0 : last.address;
        }
    }

    public static final class Iterated {
        static final HashMap<Integer, Long> counts = new HashMap<>(16);

        @Xdp
        static int sum(XdpContext context) {
            Iterator<Entry<Integer, Long>> entries = counts.iterator();
            int sum = 0;
            for (int i = 0; i < 3 && entries.hasNext(); i++) {
                sum += entries.next().key();
            }
            return sum;
        }
    }
}
