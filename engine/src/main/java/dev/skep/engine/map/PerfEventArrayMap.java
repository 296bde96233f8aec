package dev.skep.engine.map;

import dev.skep.object.host.CpuEventStream;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code BPF_MAP_TYPE_PERF_EVENT_ARRAY} as programs use it to send records: a queue for each CPU, there while a stream is
 * open. A record arrives with the size it was sent with (the kernel pads it to 8 bytes less 4).
 */
public final class PerfEventArrayMap extends EngineMap {
    /** {@code BPF_F_INDEX_MASK}: the part of the flags that names the entry. */
    public static final long INDEX_MASK = 0xffff_ffffL;
    /** {@code BPF_F_CURRENT_CPU}: the entry of the CPU that runs the program. */
    public static final long CURRENT_CPU = INDEX_MASK;

    private final ArrayKeys keys;
    private volatile Optional<Stream> open = Optional.empty();

    PerfEventArrayMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.keys = new ArrayKeys(spec.maxEntries(), home);
    }

    /**
     * {@code bpf_perf_event_output}: sends {@code size} bytes from {@code data}, followed by {@code moreSize} bytes from
     * {@code more} (part of the packet, for the packet program types).
     *
     * @param flags the entry's index, {@link #CURRENT_CPU} for the CPU's own
     * @return 0; EINVAL for other flags, E2BIG if there is no such entry, ENOENT if nobody reads, EOPNOTSUPP if the entry
     *     belongs to another CPU, ENOSPC if the queue is full, which counts as lost
     */
    public long output(long flags, long data, long size, long more, long moreSize, int cpu) {
        if ((flags & ~INDEX_MASK) != 0 || size < 0 || moreSize < 0) {
            return Errno.EINVAL.negated();
        }
        int index = flags == CURRENT_CPU ? cpu : (int) flags;
        if (!keys.isIndex(index)) {
            return Errno.E2BIG.negated();
        }
        Stream stream = open.orElse(null);
        if (stream == null) {
            return Errno.ENOENT.negated();
        }
        if (index != cpu) {
            return Errno.EOPNOTSUPP.negated();
        }
        return stream.queues[cpu].put(sandbox, data, size, more, moreSize) ? 0 : Errno.ENOSPC.negated();
    }

    /**
     * Opens the queues. At most one stream is open at a time.
     *
     * @param bytesPerCpu room of each queue, at least 64; a record takes its size and 4, rounded up to 8
     * @throws dev.skep.object.host.HostException EBUSY if a stream is open
     */
    public CpuEventStream events(int bytesPerCpu) {
        synchronized (lock) {
            if (open.isPresent()) {
                throw refusal(Errno.EBUSY, "opening an event stream", "one is open already; close it first");
            }
            Stream stream = new Stream(maps.options().possibleCpus(), bytesPerCpu);
            open = Optional.of(stream);
            return stream;
        }
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        if (flags != ANY) {
            return Errno.EINVAL.negated();
        }
        return keys.isIndex(sandbox.getInt(key)) ? Errno.EBADF.negated() : Errno.E2BIG.negated();
    }

    @Override
    int userDelete(long key) {
        return keys.isIndex(sandbox.getInt(key)) ? Errno.ENOENT.negated() : Errno.E2BIG.negated();
    }

    @Override
    int userNextKey(long key, long next) {
        return keys.next(key, next);
    }

    private final class Stream implements CpuEventStream {
        private final EventQueue[] queues;

        Stream(int cpus, int bytesPerCpu) {
            queues = new EventQueue[cpus];
            for (int cpu = 0; cpu < cpus; cpu++) {
                queues[cpu] = new EventQueue(bytesPerCpu);
            }
        }

        @Override
        public int drain(Consumer<ByteBuffer> consumer) {
            return drain((cpu, record) -> consumer.accept(record));
        }

        @Override
        public int drain(CpuConsumer consumer) {
            int records = 0;
            for (int cpu = 0; cpu < queues.length; cpu++) {
                int from = cpu;
                records += queues[cpu].drain(record -> consumer.accept(from, record));
            }
            return records;
        }

        @Override
        public long lost() {
            long lost = 0;
            for (EventQueue queue : queues) {
                lost += queue.lost();
            }
            return lost;
        }

        @Override
        public long lost(int cpu) {
            return queues[cpu].lost();
        }

        @Override
        public void close() {
            synchronized (lock) {
                if (open.filter(stream -> stream == this).isPresent()) {
                    open = Optional.empty();
                }
            }
        }
    }
}
