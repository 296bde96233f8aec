package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code BPF_MAP_TYPE_USER_RINGBUF} (kernel/bpf/ringbuf.c): samples from Java to programs, in order. Programs read them where
 * they are and may not change them.
 */
public final class UserRingBufferMap extends EngineMap {
    /** {@code BPF_MAX_USER_RINGBUF_SAMPLES}: a drain takes no more. */
    private static final int MOST_SAMPLES = 128 * 1024;

    /** {@code sizeof(struct bpf_dynptr)}. */
    private static final int DYNPTR_SIZE = 16;

    private final RecordRing ring;
    private final long dynptr;
    private final AtomicBoolean draining = new AtomicBoolean();

    UserRingBufferMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.ring = new RecordRing(home, Integer.toUnsignedLong(spec.maxEntries()), false, false);
        this.dynptr = blocks.allocate(DYNPTR_SIZE, false, "sample's dynptr");
    }

    /** Called for each sample of a drain. */
    @FunctionalInterface
    public interface SampleVisitor {
        /** @return 0 to go on, anything else to stop after this sample */
        long visit(long sample, long size);
    }

    /**
     * Puts a sample in the ring. Usable from any thread.
     *
     * @return false if there is no room now
     * @throws dev.skep.object.host.HostException EBADF if the map is closed
     */
    public boolean send(byte[] sample) {
        synchronized (lock) {
            requireOpen("send");
            long record = ring.producers().reserve(sample.length);
            if (record == 0) {
                return false;
            }
            sandbox.write(sample, 0, record, sample.length);
            ring.producers().commit(record, false);
            return true;
        }
    }

    /** Address of the {@code struct bpf_dynptr} (16 bytes) that the drain under way, of which there is one at most, shows samples by. */
    public long sampleDynptr() {
        return dynptr;
    }

    /** Bytes of samples, with their headers, that no program has drained yet. */
    public long pendingBytes() {
        return ring.available();
    }

    /**
     * {@code bpf_user_ringbuf_drain}: shows the waiting samples to {@code visitor}, the oldest first.
     *
     * @param flags {@link RingBufferMap#NO_WAKEUP}, {@link RingBufferMap#FORCE_WAKEUP} or 0; nobody waits for them here
     * @return how many were taken, EINVAL for other flags, EBUSY if a drain is under way
     */
    public long drain(SampleVisitor visitor, long flags) {
        if ((flags & ~(RingBufferMap.NO_WAKEUP | RingBufferMap.FORCE_WAKEUP)) != 0) {
            return Errno.EINVAL.negated();
        }
        if (!draining.compareAndSet(false, true)) {
            return Errno.EBUSY.negated();
        }
        try {
            return drainSamples(visitor);
        } finally {
            draining.set(false);
        }
    }

    private long drainSamples(SampleVisitor visitor) {
        long samples = 0;
        while (samples < MOST_SAMPLES && ring.hasNext()) {
            long position = ring.consumer();
            samples++;
            long stop = visitor.visit(ring.header(position) + RecordRing.HEADER_SIZE, ring.state(position));
            ring.consume();
            if (stop != 0) {
                break;
            }
        }
        return samples;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        return Errno.ENOTSUPP.negated();
    }

    @Override
    int userDelete(long key) {
        return Errno.ENOTSUPP.negated();
    }

    @Override
    int userNextKey(long key, long next) {
        return Errno.ENOTSUPP.negated();
    }
}
