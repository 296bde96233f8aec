package dev.skep.bench.vm;

import dev.skep.object.map.MapType;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@link MapMemory} of the kinds of maps that grow large, each in a fresh JVM. */
public final class MapMemoryTable {
    private static final List<MapType> TYPES =
            List.of(MapType.HASH, MapType.LRU_HASH, MapType.LPM_TRIE, MapType.ARRAY);

    private MapMemoryTable() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        System.out.printf("%-10s  %16s%n", "MAP", "BYTES PER ENTRY");
        for (MapType type : TYPES) {
            String bytes = FreshJvm.output(FreshJvm.WITH_WHOLE_HEAP, MapMemory.class, type.name());
            System.out.printf("%-10s  %16s%n", type.name().toLowerCase(Locale.ROOT), bytes);
        }
    }
}
