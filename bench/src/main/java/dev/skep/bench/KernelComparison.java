package dev.skep.bench;

import com.sun.management.ThreadMXBean;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.event.RecordConsumer;
import dev.skep.linux.event.RingBuffer;
import dev.skep.linux.load.KernelTypes;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.map.BatchReader;
import dev.skep.linux.map.RawMap;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.btf.BtfType;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.host.Program;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What libbpf_kernel.c measures of libbpf, done with Skep: one line each, {@code NAME NANOSECONDS}, the median of the rounds after as
 * many to warm up; {@code first_NAME} is the very first time in this JVM. Run both by {@code bench/kernel}.
 */
public final class KernelComparison {
    private static final int ROUNDS = 15;
    private static final int KEYS = 100_000;
    private static final int BATCH = 4096;
    private static final int FILLED = 14 * 1024 * 1024;

    private final LinuxHost host = LinuxHost.open();
    private long sum;

    private KernelComparison() {}

    /** One thing to measure. */
    @FunctionalInterface
    private interface Round {
        /** @return nanoseconds, for one operation */
        double run() throws IOException;
    }

    /** @param arguments a small object, events.bpf.o, large.bpf.o */
    public static void main(String[] arguments) throws IOException {
        new KernelComparison().run(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    }

    private void run(Path small, Path events, Path large) throws IOException {
        measure("find_type", KernelComparison::findType);
        heapOfTypes();
        measure("load_small", () -> load(small));
        measure("load_large", () -> load(large));
        try (LinuxObject object = host.load(read(events))) {
            mapOperations(object.map("table").orElseThrow().raw());
            try (RingBuffer ring = RingBuffer.open(object.map("ring").orElseThrow())) {
                for (int size : new int[] {64, 512, 4096}) {
                    measure("ring_" + size, () -> consume(object, ring, size));
                }
                allocation(object, ring);
            }
        }
        if (sum == 0) {
            throw new IllegalStateException("no event was seen");
        }
    }

    private static void measure(String name, Round round) throws IOException {
        System.out.printf("first_%s %.1f%n", name, round.run());
        for (int i = 1; i < ROUNDS; i++) {
            round.run();
        }
        double[] times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            times[i] = round.run();
        }
        Arrays.sort(times);
        System.out.printf("%s %.1f%n", name, times[ROUNDS / 2]);
    }

    private static BpfObject read(Path file) throws IOException {
        return ObjectReader.read(Files.readAllBytes(file), file.getFileName().toString());
    }

    private double load(Path file) throws IOException {
        long start = System.nanoTime();
        host.load(read(file)).close();
        return System.nanoTime() - start;
    }

    private static double findType() {
        long start = System.nanoTime();
        try (KernelTypes types = new KernelTypes()) {
            if (types.find("task_struct", BtfType.Composite.class).isEmpty()) {
                throw new IllegalStateException("this kernel has no task_struct");
            }
        }
        return System.nanoTime() - start;
    }

    private static void heapOfTypes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        findType();
        System.out.printf("find_type_allocated_bytes %d%n", threads.getCurrentThreadAllocatedBytes() - before);
    }

    private static void mapOperations(RawMap map) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(8, 8);
            MemorySegment value = arena.allocate(8, 8);
            measure("map_update", () -> {
                long start = System.nanoTime();
                for (long i = 0; i < KEYS; i++) {
                    key.set(ValueLayout.JAVA_LONG, 0, i);
                    map.update(key, key, 0);
                }
                return (double) (System.nanoTime() - start) / KEYS;
            });
            measure("map_lookup", () -> {
                long start = System.nanoTime();
                for (long i = 0; i < KEYS; i++) {
                    key.set(ValueLayout.JAVA_LONG, 0, i);
                    map.lookup(key, value);
                }
                return (double) (System.nanoTime() - start) / KEYS;
            });
            MemorySegment keys = arena.allocate(8L * KEYS, 8);
            for (long i = 0; i < KEYS; i++) {
                keys.setAtIndex(ValueLayout.JAVA_LONG, i, i);
            }
            measure("map_update_batch", () -> {
                long start = System.nanoTime();
                map.updateBatch(keys, keys, KEYS, 0);
                return (double) (System.nanoTime() - start) / KEYS;
            });
            MemorySegment values = arena.allocate(8L * KEYS, 8);
            measure("map_lookup_batch", () -> {
                int total = 0;
                long start = System.nanoTime();
                try (BatchReader reader = map.batchReader(false)) {
                    while (!reader.atEnd()) {
                        total += reader.read(keys.asSlice(0, 8L * BATCH), values.asSlice(0, 8L * BATCH));
                    }
                }
                return (double) (System.nanoTime() - start) / total;
            });
        }
    }

    private void fill(LinuxObject object, int size) {
        byte[] order = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(size)
                .putInt(FILLED / (size + 8))
                .array();
        object.program("fill").orElseThrow().run(new Program.Input(Bytes.EMPTY, Bytes.of(order)));
    }

    private double consume(LinuxObject object, RingBuffer ring, int size) {
        fill(object, size);
        RecordConsumer first = this::look;
        long start = System.nanoTime();
        int count = ring.consume(first);
        long end = System.nanoTime();
        if (count != FILLED / (size + 8)) {
            throw new IllegalStateException(count + " events of " + FILLED / (size + 8));
        }
        return (double) (end - start) / count;
    }

    private void look(MemorySegment ring, long offset, int length) {
        sum += ring.get(ValueLayout.JAVA_BYTE, offset);
    }

    private void allocation(LinuxObject object, RingBuffer ring) {
        fill(object, 64);
        RecordConsumer first = this::look;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int count = ring.consume(first);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.printf("ring_allocated_bytes_of_%d_events %d%n", count, bytes);
    }
}
