package dev.skep.linux.event;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.perf.OnlineCpus;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.host.CpuEventStream;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The reading end of a perf event array that programs write to with {@code bpf_perf_event_output} (Linux 4.4): a ring for each CPU that
 * is switched on. Records come in order for each CPU. What found no room is counted by the kernel; {@link #lost} tells as of the last
 * reading.
 *
 * <pre>{@code
 * try (PerfBuffer events = PerfBuffer.open(map, PerfBuffer.Options.DEFAULT)) {
 *     while (events.await(Duration.ofSeconds(1))) {
 *         events.consume((cpu, memory, offset, length) -> total += memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset));
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #consume} costs no allocation; the others copy. Reading is for one thread at a time, waiting and closing are for any.
 */
public final class PerfBuffer extends EventSource implements CpuEventStream {
    private final LinuxMap map;
    private final List<PerfRing> rings;

    /** @param map closed with the buffer */
    private PerfBuffer(LinuxMap map, List<PerfRing> rings) {
        this.map = map;
        this.rings = List.copyOf(rings);
    }

    /**
     * How a perf buffer is to be made.
     *
     * @param pages of each CPU's ring, a power of two
     * @param watermark bytes in a ring before anyone who waits is woken; 0 to wake at each record
     */
    public record Options(int pages, int watermark) {
        /** 64 pages for each CPU, waking at each record. */
        public static final Options DEFAULT = new Options(64, 0);

        public Options {
            if (pages <= 0 || Integer.bitCount(pages) != 1) {
                throw new IllegalArgumentException(pages + " pages are no power of two");
            }
            if (watermark < 0) {
                throw new IllegalArgumentException("a watermark of " + watermark + " bytes");
            }
        }
    }

    /**
     * Makes a ring for each CPU that is switched on and has room in the map, and stores it there.
     *
     * @throws HostException EINVAL if the map is no perf event array; EPERM if more memory is locked than
     *     {@code kernel.perf_event_mlock_kb} allows, or what the kernel refuses with
     */
    public static PerfBuffer open(LinuxMap map, Options options) {
        if (map.spec().type() != MapType.PERF_EVENT_ARRAY) {
            throw new HostException(Errno.EINVAL, map + " is no perf event array (BPF_MAP_TYPE_PERF_EVENT_ARRAY)");
        }
        LinuxMap held = new LinuxMap(map.spec(), map.descriptor().duplicate()); // the caller may close theirs
        List<PerfRing> rings = new ArrayList<>();
        try {
            for (int cpu : OnlineCpus.list()) {
                if (cpu < Integer.toUnsignedLong(map.spec().maxEntries())) {
                    PerfRing ring = PerfRing.open(cpu, options);
                    rings.add(ring);
                    held.put(key(cpu), ring.event().descriptor());
                    ring.event().enable();
                }
            }
            return new PerfBuffer(held, rings);
        } catch (RuntimeException e) {
            release(held, rings);
            throw e;
        }
    }

    private static byte[] key(int cpu) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(cpu)
                .array();
    }

    /** The map would hold the events, and programs go on writing to them, if they were not taken out. */
    private static void release(LinuxMap map, List<PerfRing> rings) {
        for (PerfRing ring : rings) {
            try {
                map.delete(key(ring.cpu()));
            } finally {
                ring.close();
            }
        }
        map.close();
    }

    /**
     * Hands every record that is ready to {@code action}, CPU by CPU. If this is closed meanwhile, by {@code action} or by another
     * thread, the record that is being handed on is the last.
     *
     * @return how many there were
     * @throws IllegalStateException if this is closed
     */
    public int consume(CpuRecordConsumer action) {
        beginReading();
        try {
            int handed = 0;
            for (int i = 0; i < rings.size(); i++) { // no iterator: nothing is allocated
                handed += rings.get(i).consume(action, this);
            }
            return handed;
        } finally {
            endReading();
        }
    }

    @Override
    public int drain(Consumer<ByteBuffer> action) {
        return drain((cpu, record) -> action.accept(record));
    }

    @Override
    public int drain(CpuConsumer action) {
        return consume((cpu, memory, offset, length) -> action.accept(
                cpu, memory.asSlice(offset, length).asReadOnly().asByteBuffer().order(ByteOrder.LITTLE_ENDIAN)));
    }

    @Override
    public long lost() {
        long lost = 0;
        for (PerfRing ring : rings) {
            lost += ring.lost();
        }
        return lost;
    }

    /** {@inheritDoc} @return 0 for a CPU without a ring */
    @Override
    public long lost(int cpu) {
        for (PerfRing ring : rings) {
            if (ring.cpu() == cpu) {
                return ring.lost();
            }
        }
        return 0;
    }

    /** The CPUs that have a ring: those that were switched on when this was opened. */
    public List<Integer> cpus() {
        return rings.stream().map(PerfRing::cpu).toList();
    }

    @Override
    List<FileDescriptor> descriptors() {
        return rings.stream().map(ring -> ring.event().descriptor()).toList();
    }

    @Override
    int readiness() {
        return EpollEvents.EPOLLIN;
    }

    @Override
    void release() {
        release(map, rings);
    }

    @Override
    public String toString() {
        return "perf buffer " + map.spec().name();
    }
}
