package dev.skep.bench.vm;

import dev.skep.object.map.MapType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@link LargeMap} of the kinds of maps that grow large, each in a fresh JVM. */
public final class LargeMapTable {
    private static final List<MapType> TYPES = List.of(MapType.HASH, MapType.LRU_HASH, MapType.LPM_TRIE, MapType.ARRAY);

    private LargeMapTable() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        System.out.printf("%-10s  %16s  %14s%n", "MAP", "BYTES PER ENTRY", "NS PER LOOK-UP");
        for (MapType type : TYPES) {
            String measured = FreshJvm.output(FreshJvm.WITH_WHOLE_HEAP, LargeMap.class, type.name());
            String[] numbers = measured.split(" ");
            System.out.printf("%-10s  %16s  %14s%n", type.name().toLowerCase(Locale.ROOT), numbers[0], numbers[1]);
        }
    }
}
