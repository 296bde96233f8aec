package dev.skep.bench.vm;

import dev.skep.object.map.MapType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@link LargeMap} and {@link MapUpdates} of the kinds of maps that grow large, each in a fresh JVM. */
public final class LargeMapTable {
    private static final List<MapType> TYPES = List.of(MapType.HASH, MapType.LRU_HASH, MapType.LPM_TRIE, MapType.ARRAY);

    private LargeMapTable() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        System.out.printf(
                "%-10s  %15s  %14s  %9s  %15s  %10s%n",
                "MAP", "BYTES PER ENTRY", "NS PER LOOK-UP", "IN KERNEL", "CHANGES/S 1 CPU", "2 CPUS");
        for (MapType type : TYPES) {
            String measured = FreshJvm.output(FreshJvm.WITH_WHOLE_HEAP, LargeMap.class, type.name());
            String[] numbers = measured.split(" ");
            System.out.printf(
                    "%-10s  %15s  %14s  %9s  %,15d  %,10d%n",
                    type.name().toLowerCase(Locale.ROOT),
                    numbers[0],
                    numbers[1],
                    numbers[2],
                    changes(type, 1),
                    changes(type, 2));
        }
    }

    private static long changes(MapType type, int cpus) throws IOException {
        String rate = FreshJvm.output(List.of(), MapUpdates.class, type.name(), Integer.toString(cpus));
        return Long.parseLong(rate);
    }
}
