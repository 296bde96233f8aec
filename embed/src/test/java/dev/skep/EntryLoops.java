package dev.skep;

import dev.skep.lang.Loop;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LruHashMap;
import dev.skep.lang.program.Xdp;
import org.jspecify.annotations.Nullable;

/** {@code for} loops over maps, on whatever the packet has. */
final class EntryLoops {
    /** The packet's first bytes. */
    static final class Start extends Struct {
        @Unsigned
        byte first;

        @Unsigned
        byte second;

        @Unsigned
        byte third;

        @Unsigned
        byte fourth;
    }

    static final class Place extends Struct {
        int row;
        int column;
    }

    static final class Tally extends Struct {
        long total;
        int rounds;
        int last;
    }

    /** What a kind of packets is. */
    enum Kind {
        SHORT,
        MIDDLE,
        LONG
    }

    record Extremes(long least, long most) {
        Extremes with(long value) {
            return new Extremes(Math.min(least, value), Math.max(most, value));
        }
    }

    static final HashMap<Integer, Long> lengths = new HashMap<>(4096);
    static final HashMap<Place, Tally> places = new HashMap<>(64);
    static final LruHashMap<Integer, Tally> own = new LruHashMap<>(1024);
    static final ArrayMap<Tally> few = new ArrayMap<>(5);
    static final ArrayMap<Long> many = new ArrayMap<>(100);
    static final HashMap<Integer, Kind> kinds = new HashMap<>(16);
    static long product = 1;

    private EntryLoops() {}

    private static int remember(XdpContext context) {
        Start start = context.packet(0, Start.class);
        if (start == null) {
            return -1;
        }
        int length = context.length();
        lengths.add(length & 31, length);
        Place place = new Place();
        place.row = start.first & 3;
        place.column = start.second & 3;
        Tally fresh = new Tally();
        fresh.total = start.third;
        places.putIfAbsent(place, fresh);
        own.putIfAbsent(start.fourth & 7, fresh);
        kinds.put(start.first & 7, length < 300 ? Kind.SHORT : length < 900 ? Kind.MIDDLE : Kind.LONG);
        many.add(start.second & 63, start.third);
        return start.first | start.second << 8 | start.third << 16;
    }

    /** Variables that go from round to round. */
    @Xdp
    static int sums(XdpContext context) {
        int bits = remember(context);
        long sum = 0;
        int rounds = 0;
        long least = Long.MAX_VALUE;
        for (var entry : lengths) {
            if ((entry.key() & 3) == (bits & 3)) {
                continue;
            }
            sum += entry.value() * 31 ^ entry.key();
            least = Math.min(least, entry.value());
            rounds++;
        }
        product = product * 31 + sum;
        return rounds == 0 ? 0 : (int) (sum + least * 7 + rounds);
    }

    /** Ways out of a loop, and variables that hold a value of the map. */
    @Xdp
    static int searches(XdpContext context) {
        int bits = remember(context);
        int found = -1;
        for (var entry : lengths) {
            if (entry.key() == (bits & 63)) {
                found = (int) (long) entry.value();
                break;
            }
            if ((bits & 63) > 31 && entry.key() * 2 == (bits & 63)) {
                return 7000 + (int) (long) entry.value();
            }
        }
        Tally most = null;
        Tally unchanged = null;
        int order = -1;
        for (var entry : places) {
            Tally tally = entry.value();
            tally.rounds++;
            tally.last ^= found;
            int number = entry.key().row * 8 + entry.key().column;
            if (most == null || tally.total > most.total || (tally.total == most.total && number > order)) {
                most = tally;
                order = number;
            }
            if (number == (bits & 31)) {
                unchanged = places.lookup(entry.key());
            }
        }
        if (most != null) {
            most.total += bits & 1;
        }
        return found * 1000 + (most == null ? 0 : most.last) + (unchanged == null ? 0 : (int) unchanged.total);
    }

    /** Loops in loops. The kernel's order of entries is another than the engine's: nothing may depend on it. */
    @Xdp
    static int tables(XdpContext context) {
        int bits = remember(context);
        long sum = 0;
        outer:
        for (var row : own) {
            for (var cell : places) {
                if (row.key() == (bits & 15)) {
                    continue outer;
                }
                sum += cell.value().total * row.key() + row.value().total;
            }
            row.value().total += bits & 1;
            sum ^= 0x5500000000L;
        }
        int found = -1;
        search:
        for (var row : own) {
            for (var cell : places) {
                if (cell.key().row == (bits & 3)
                        && cell.key().column == (bits >> 8 & 7)
                        && row.key() == (bits >> 2 & 15)) {
                    found = (int) (cell.value().total * 3 + row.value().total);
                    break search;
                }
            }
        }
        return (int) (sum ^ sum >> 32) + rounds(bits) + found;
    }

    private static int rounds(int bits) {
        int all = 0;
        for (int i = 0; i < 3; i++) {
            for (var entry : few) {
                if (entry.key() == (bits & 7)) {
                    break;
                }
                entry.value().rounds += i;
                all += entry.value().rounds;
            }
        }
        return all;
    }

    /** Large arrays, enums, records, and where Java throws. */
    @Xdp
    static int values(XdpContext context) {
        int bits = remember(context);
        Extremes extremes = new Extremes(1000, 0);
        Tally tally = new Tally();
        for (var entry : many) {
            extremes = extremes.with(entry.value());
            tally.total += entry.value();
            tally.last = entry.key();
            tally.rounds++;
        }
        int kind = 0;
        for (var entry : kinds) {
            kind += switch (entry.value()) {
                case SHORT -> 1;
                case MIDDLE -> 100 / (entry.key() - (bits & 15));
                case LONG -> 7;
            };
        }
        boolean all = tally.rounds == 100 && tally.last == 99;
        return (int) (extremes.least() * 3 + extremes.most()) + kind + (all ? 1_000_000 : 0) + (int) tally.total;
    }

    /** The value of a key that is a struct. */
    private static @Nullable Tally find(int row, int column) {
        for (var entry : places) {
            Place place = entry.key();
            if (place.row == row && place.column == column) {
                Tally other = places.lookup(place);
                if (other != null) {
                    other.rounds++;
                }
                return other;
            }
        }
        return null;
    }

    /** Changes of a map that is gone through, loops in methods, and in lambda expressions. */
    @Xdp
    static int changes(XdpContext context) {
        int bits = remember(context);
        Tally tally = find(bits & 3, bits >> 8 & 7);
        int[] counts = new int[4];
        for (var entry : lengths) {
            counts[entry.key() & 3]++;
            if (entry.key() == (bits & 31)) {
                lengths.delete(entry.key());
            }
        }
        Tally sum = new Tally();
        for (var entry : lengths) {
            if (sum.rounds++ > 40) {
                break;
            }
            sum.last += entry.key();
        }
        Loop.times(70, i -> {
            for (var entry : own) {
                if (entry.key() == i + (bits & 7)) {
                    sum.total += entry.value().total * i;
                    break;
                }
            }
        });
        places.forEach(entry -> sum.last += entry.value().rounds);
        return counts[0]
                + counts[1] * 10
                + counts[2] * 100
                + counts[3] * 1000
                + (tally == null ? 0 : tally.rounds)
                + (int) sum.total
                + sum.last;
    }
}
