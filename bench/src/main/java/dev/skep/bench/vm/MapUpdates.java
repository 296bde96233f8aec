package dev.skep.bench.vm;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.PacketRunner;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Programs on some CPUs change random entries of one map with room for 100,000 at the same time, three updates to a deletion: prints the
 * changes per second of all together. In an LRU map they use twice as many keys as it has room for, so that entries have to go.
 */
public final class MapUpdates {
    private static final int ENTRIES = 100_000;
    /** Changes in a run of {@link #PROGRAM}. */
    private static final int CHANGES = 1000;

    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 500_000_000;

    private static final String PROGRAM = """
            .map map %s key=%d value=8 entries=%d flags=%d
            .program changes xdp
                    r1 = *(u32 *)(r1 + 0)
                    r7 = *(u64 *)(r1 + 0)
                    r8 = 1000
            again:
                    r1 = r7
                    r1 <<= 13
                    r7 ^= r1
                    r1 = r7
                    r1 >>= 7
                    r7 ^= r1
                    r1 = r7
                    r1 <<= 17
                    r7 ^= r1
                    *(u64 *)(r10 - 16) = r7
                    r1 = r7
                    r1 >>= 8
                    r1 %%= %d
                    %s
                    r2 = r7
                    r2 >>= 40
                    r1 = map ll
                    r3 = r10
                    r3 += -16
                    r4 = 0
                    if r2 & 3 goto update
                    r2 = r10
                    r2 += -8
                    call bpf_map_delete_elem
                    goto next
            update: r2 = r10
                    r2 += -8
                    call bpf_map_update_elem
            next:   r8 -= 1
                    if r8 != 0 goto again
                    r0 = r7
                    exit
            """;

    private MapUpdates() {}

    /** @param arguments the map's type, as {@code MapType} has it, and how many threads */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        MapType type = MapType.valueOf(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        try (EngineHost host = EngineHost.open(EngineOptions.defaults()
                        .withTrustedPrograms(true)
                        .withSeed(1)
                        .withCpus(threads));
                EngineObject object = host.load(Assembler.object("changes.s", source(type)));
                ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            double[] rates = new double[ROUNDS];
            for (int round = -ROUNDS; round < ROUNDS; round++) {
                rates[Math.max(0, round)] = rate(object, threads, executor);
            }
            Arrays.sort(rates);
            System.out.printf("%.0f%n", rates[ROUNDS / 2]);
        }
    }

    private static String source(MapType type) {
        boolean trie = type == MapType.LPM_TRIE;
        int keys = type == MapType.LRU_HASH ? 2 * ENTRIES : ENTRIES;
        String key = trie ? "r1 <<= 32\n r1 |= 32\n *(u64 *)(r10 - 8) = r1" : "*(u64 *)(r10 - 8) = r1";
        String name = type.name().toLowerCase(Locale.ROOT);
        int keySize = type == MapType.ARRAY ? Integer.BYTES : Long.BYTES;
        return String.format(Locale.ROOT, PROGRAM, name, keySize, ENTRIES, trie ? 1 : 0, keys, key);
    }

    private static double rate(EngineObject object, int threads, ExecutorService executor)
            throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        Future<?>[] running = IntStream.range(0, threads)
                .mapToObj(number -> executor.submit(() -> runs(object, start + number)))
                .toArray(Future<?>[]::new);
        long changes = 0;
        for (Future<?> future : running) {
            changes += (Long) future.get();
        }
        return changes * 1e9 / (System.nanoTime() - start);
    }

    private static long runs(EngineObject object, long seed) {
        byte[] packet = new byte[64];
        long end = System.nanoTime() + ROUND_NANOS;
        long changes = 0;
        try (PacketRunner runner = object.programs().getFirst().openRunner()) {
            for (long state = seed; System.nanoTime() < end; changes += CHANGES) {
                ByteBuffer.wrap(packet).putLong(state | 1);
                state = runner.run(packet, 0, packet.length);
            }
        }
        return changes;
    }
}
