package dev.skep.bench.vm;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.PacketRunner;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.TestRunOptions;
import dev.skep.object.BpfObject;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * A map with 1,000,000 entries, with values of 8 bytes and keys of 8 (arrays: 4): prints the bytes per entry that the process grew
 * by, the Java heap included, and the nanoseconds a look-up of a random key takes a program in the engine, and in the kernel if it
 * lets us.
 *
 * <p>To be run with a heap that is all there from the start ({@code -XX:+AlwaysPreTouch}), so that only its use counts, not its
 * growth.
 */
public final class LargeMap {
    private static final int ENTRIES = 1_000_000;
    private static final long KIB = 1024;
    /** Look-ups in a run of {@link #PROGRAM}. */
    private static final int LOOKUPS = 1000;

    private static final int ROUNDS = 15;
    private static final int RUNS = 500;

    /** Looks up random keys, adds up the values; the packet holds where the random numbers start. */
    private static final String PROGRAM = """
            .map map %s key=%d value=8 entries=1000000 flags=%d
            .program lookups xdp
                    r2 = *(u32 *)(r1 + 4)
                    r1 = *(u32 *)(r1 + 0)
                    r9 = 0
                    r3 = r1
                    r3 += 8
                    if r3 > r2 goto over
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
                    r1 = r7
                    r1 >>= 8
                    %s
                    r1 = map ll
                    r2 = r10
                    r2 += -8
                    call bpf_map_lookup_elem
                    if r0 == 0 goto absent
                    r1 = *(u64 *)(r0 + 0)
                    r9 += r1
            absent:
                    r8 -= 1
                    if r8 != 0 goto again
            over:   r0 = r9
                    exit
            """;
    /** Any number becomes an index. */
    private static final String INDEX = "r1 %= 1000000\n *(u64 *)(r10 - 8) = r1";
    /** Any number becomes an address with all its bits. */
    private static final String ADDRESS = "*(u32 *)(r10 - 8) = 32\n *(u32 *)(r10 - 4) = r1";

    private final MapType type;

    private LargeMap(MapType type) {
        this.type = type;
    }

    /** @param arguments the map's type, as {@code MapType} has it */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new LargeMap(MapType.valueOf(arguments[0])).measure();
    }

    private void measure() throws IOException, InterruptedException {
        try (EngineHost host = EngineHost.open(
                EngineOptions.defaults().withTrustedPrograms(true).withSeed(1))) {
            // Once without measuring, so that code that is loaded and compiled for it does not count.
            try (EngineObject object = load(host)) {
                fill(object.map("map").orElseThrow());
            }
            long before = inUse();
            try (EngineObject object = load(host)) {
                fill(object.map("map").orElseThrow());
                double bytes = (double) (inUse() - before) / ENTRIES;
                System.out.printf(Locale.ROOT, "%.1f %.1f %s%n", bytes, lookUp(object), lookUpInKernel());
            }
        }
    }

    private EngineObject load(EngineHost host) {
        return host.load(object());
    }

    private BpfObject object() {
        boolean trie = type == MapType.LPM_TRIE;
        String name = type.name().toLowerCase(Locale.ROOT);
        int keySize = type == MapType.ARRAY ? Integer.BYTES : Long.BYTES;
        // A trie has to have BPF_F_NO_PREALLOC, 1.
        String text = String.format(Locale.ROOT, PROGRAM, name, keySize, trie ? 1 : 0, trie ? ADDRESS : INDEX);
        return Assembler.object("lookups.s", text);
    }

    /** Tries get prefixes of 20 to 32 bits, all different in the first 20. */
    private void fill(BpfMap map) {
        ByteBuffer key = ByteBuffer.allocate(map.spec().keySize()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] value = new byte[Long.BYTES];
        for (int i = 0; i < ENTRIES; i++) {
            key.clear();
            switch (type) {
                case LPM_TRIE -> key.putInt(20 + i % 13).putInt(Integer.reverseBytes(i << 12 | i % 4096));
                case ARRAY -> key.putInt(i);
                default -> key.putLong(i);
            }
            value[0] = (byte) i;
            map.update(key.array(), value, BpfMap.ANY);
        }
    }

    private static double lookUp(EngineObject object) {
        try (PacketRunner runner = object.programs().getFirst().openRunner()) {
            return median(packet -> {
                long start = System.nanoTime();
                runner.run(packet, 0, packet.length);
                return System.nanoTime() - start;
            });
        }
    }

    /** By the kernel's clock; "-" if the kernel lets nobody, or not this user, load programs. */
    private String lookUpInKernel() {
        try (LinuxHost host = LinuxHost.open();
                LinuxObject object = host.load(object())) {
            fill(object.map("map").orElseThrow());
            LinuxProgram program = object.programs().getFirst();
            double time = median(packet ->
                    program.testRun(TestRunOptions.packet(packet)).averageTime().toNanos());
            return String.format(Locale.ROOT, "%.1f", time);
        } catch (HostException e) {
            System.err.println("not here: " + e.getMessage());
            return "-";
        }
    }

    /** The nanoseconds of a look-up: the median of rounds after as many to warm up. */
    private static double median(ToLongFunction<byte[]> run) {
        double[] times = new double[ROUNDS];
        byte[] packet = new byte[64];
        for (int round = -ROUNDS; round < ROUNDS; round++) {
            long time = 0;
            for (int i = 0; i < RUNS; i++) {
                ByteBuffer.wrap(packet).putLong(((round + 1L) << 32) + i + 1);
                time += run.applyAsLong(packet);
            }
            times[Math.max(0, round)] = (double) time / RUNS / LOOKUPS;
        }
        Arrays.sort(times);
        return times[ROUNDS / 2];
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
        return resident - runtime.freeMemory();
    }
}
