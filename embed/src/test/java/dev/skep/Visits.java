package dev.skep;

import dev.skep.lang.Length;
import dev.skep.lang.Loop;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.Xdp;
import org.jspecify.annotations.Nullable;

/** Lambda expressions and method references that helpers call, on whatever the packet has. */
final class Visits {
    /** The packet's first bytes. */
    static final class Bytes extends Struct {
        @Length(14)
        @Unsigned
        byte[] all;
    }

    /** What callbacks change. */
    static final class Sum extends Struct {
        long total;
        int rounds;
        int last;
    }

    static final HashMap<Integer, Long> lengths = new HashMap<>(4096);
    static final ArrayMap<Sum> sums = new ArrayMap<>(3);
    static final Bytes current = new Bytes();
    static long products;

    private Visits() {}

    /** The packet's bytes; those of a copy may be looked at by an index that is not known before. */
    private static @Nullable Bytes bytes(XdpContext context) {
        Bytes bytes = context.packet(0, Bytes.class);
        if (bytes != null) {
            for (int i = 0; i < 14; i++) {
                current.all[i] = bytes.all[i];
            }
        }
        return bytes;
    }

    /** Captures a packet, a struct of the frame, a struct in a map and a number. */
    @Xdp
    static int loops(XdpContext context) {
        Bytes bytes = bytes(context);
        Sum shared = sums.lookup(1);
        if (bytes == null || shared == null) {
            return -1;
        }
        Sum sum = new Sum();
        int first = bytes.all[0] + 70;
        Loop.times(first, i -> {
            sum.total += (long) i * first + (current.all[i & 7] ^ bytes.all[3]);
            sum.rounds++;
            shared.last = i;
        });
        products ^= sum.total;
        shared.total += sum.rounds;
        return (int) sum.total + shared.last;
    }

    /** Ends loops early, one within another. */
    @Xdp
    static int searches(XdpContext context) {
        Bytes bytes = bytes(context);
        if (bytes == null) {
            return -1;
        }
        Sum found = new Sum();
        Loop.timesWhile(1000, outer -> {
            Loop.timesWhile(100 + bytes.all[1], inner -> {
                found.total += inner ^ outer;
                found.rounds++;
                return inner * 3 + outer < bytes.all[2];
            });
            found.last = outer;
            return outer < bytes.all[3] >> 4;
        });
        return (int) found.total + found.rounds * 7 + found.last;
    }

    /** Where Java would throw, the program ends. */
    @Xdp
    static int throwing(XdpContext context) {
        Bytes bytes = bytes(context);
        if (bytes == null) {
            return -1;
        }
        Sum sum = new Sum();
        Loop.times(100, i -> {
            sums.forEach((key, value) -> value.last = (key + i) / (bytes.all[4] - i + 1));
            sum.last = current.all[(bytes.all[5] + i) / 16];
        });
        return 1000 + sum.last;
    }

    /** Goes through maps, with a lambda expression and with method references. */
    @Xdp
    static int entries(XdpContext context) {
        lengths.add(context.length() & 31, context.length());
        Sum sum = new Sum();
        int visited = lengths.forEach((length, bytes) -> sum.total += length * 31 ^ bytes);
        visited += sums.forEach(Visits::next);
        sums.forEachWhile((index, value) -> {
            sum.last += value.rounds;
            return index < 1;
        });
        if (visited > 25) {
            lengths.forEach((length, bytes) -> {
                if ((length & 3) == 1) {
                    lengths.delete(length);
                }
            });
        }
        return (int) sum.total + visited * 1000 + sum.last;
    }

    private static void next(int index, Sum value) {
        value.rounds += index + 1;
    }
}
