package dev.skep.bench.vm;

import dev.skep.engine.EngineHost;
import dev.skep.engine.map.EngineMap;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a map with 1,000,000 entries takes: prints the bytes per entry that the process grew by, the Java heap included, with
 * values of 8 bytes and keys of 8 (arrays: 4).
 *
 * <p>To be run with a heap that is all there from the start ({@code -XX:+AlwaysPreTouch}), so that only its use counts, not its
 * growth.
 */
public final class MapMemory {
    private static final int ENTRIES = 1_000_000;
    private static final long KIB = 1024;
    private static final int BITS = 32;
    /** {@code BPF_F_NO_PREALLOC} of linux/bpf.h, which tries must have. */
    private static final int NO_PREALLOC = 1;

    private MapMemory() {}

    /** @param arguments the map's type, as {@code MapType} has it */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        MapType type = MapType.valueOf(arguments[0]);
        int keySize = type == MapType.ARRAY ? Integer.BYTES : Long.BYTES;
        MapSpec spec = MapSpec.of("map", type, keySize, Long.BYTES, ENTRIES)
                .withFlags(type == MapType.LPM_TRIE ? NO_PREALLOC : 0);
        try (EngineHost host = EngineHost.open()) {
            fill(host.createMap(spec), type, 1);
            long before = inUse();
            EngineMap map = host.createMap(spec);
            fill(map, type, ENTRIES);
            System.out.printf("%.1f%n", (double) (inUse() - before) / ENTRIES);
            map.close();
        }
    }

    private static void fill(EngineMap map, MapType type, int entries) {
        ByteBuffer key = ByteBuffer.allocate(map.spec().keySize()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] value = new byte[Long.BYTES];
        for (int i = 0; i < entries; i++) {
            key.clear();
            if (type == MapType.LPM_TRIE) {
                key.putInt(BITS).putInt(i * 0x9e3779b1);
            } else if (type == MapType.ARRAY) {
                key.putInt(i);
            } else {
                key.putLong(i);
            }
            map.update(key.array(), value);
        }
    }

    private static long inUse() throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        long resident = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .sum();
        return resident - runtime.totalMemory() + (runtime.totalMemory() - runtime.freeMemory());
    }
}
