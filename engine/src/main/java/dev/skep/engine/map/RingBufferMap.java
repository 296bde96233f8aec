package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.host.EventStream;
import dev.skep.object.map.MapSpec;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * {@code BPF_MAP_TYPE_RINGBUF} (kernel/bpf/ringbuf.c): records from programs on any CPU to one reader, in the order they were
 * reserved. A submitted record waits for those reserved before it. Records are at sandbox addresses, each in one piece.
 */
public final class RingBufferMap extends EngineMap {
    /** {@code BPF_RB_NO_WAKEUP}: do not tell the reader. */
    public static final long NO_WAKEUP = 1;
    /** {@code BPF_RB_FORCE_WAKEUP}: tell the reader even if it is behind. */
    public static final long FORCE_WAKEUP = 2;

    private static final int AVAILABLE_DATA = 0;
    private static final int RING_SIZE = 1;
    private static final int CONSUMER_POSITION = 2;
    private static final int PRODUCER_POSITION = 3;

    private final RecordRing ring;
    private final RecordSender sender;
    private final Object readerLock = new Object();
    private final AtomicLong lost = new AtomicLong();
    private volatile Runnable wakeup = () -> {};

    RingBufferMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.ring = new RecordRing(
                home,
                Integer.toUnsignedLong(spec.maxEntries()),
                true,
                home.maps().options().possibleCpus() == 1);
        this.sender = new RingBufferSender(ring.producers(), this, sandbox);
    }

    /** What programs do with it. */
    public RecordSender sender() {
        return sender;
    }

    void countLost() {
        lost.incrementAndGet();
    }

    void wakeUp() {
        wakeup.run();
    }

    /** True if a reserved record may be at this address. */
    public boolean holdsRecord(long record) {
        return ring.contains(record);
    }

    /** Bytes of the record at this address, as they were reserved. */
    public long recordSize(long record) {
        return sandbox.getInt(record - RecordRing.HEADER_SIZE) & ~(RecordRing.BUSY | RecordRing.DISCARD);
    }

    /** {@code bpf_ringbuf_query}: 0 available bytes, 1 size, 2 the reader's position, 3 the producers'; else 0. */
    public long query(long what) {
        return switch ((int) Math.min(what & Long.MAX_VALUE, Integer.MAX_VALUE)) {
            case AVAILABLE_DATA -> ring.available();
            case RING_SIZE -> ring.size();
            case CONSUMER_POSITION -> ring.consumer();
            case PRODUCER_POSITION -> ring.producer();
            default -> 0;
        };
    }

    /**
     * Has {@code action} called when there is something for a reader that has read everything, as the kernel wakes up who
     * waits in epoll. It runs on the program's thread and has to be quick.
     */
    public void onWakeup(Runnable action) {
        wakeup = action;
    }

    /** The reader. All streams of a map share one position: each record goes to one of them. */
    public EventStream events() {
        return new Reader(lost.get());
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

    private int drain(Consumer<ByteBuffer> consumer) {
        int records = 0;
        synchronized (readerLock) {
            while (ring.hasNext()) {
                long position = ring.consumer();
                int state = ring.state(position);
                try {
                    if ((state & RecordRing.DISCARD) == 0) {
                        records++;
                        consumer.accept(sandbox.view(ring.header(position) + RecordRing.HEADER_SIZE, state));
                    }
                } finally {
                    ring.consume();
                }
            }
        }
        return records;
    }

    private final class Reader implements EventStream {
        private final long lostBefore;
        private boolean closed;

        Reader(long lostBefore) {
            this.lostBefore = lostBefore;
        }

        @Override
        public int drain(Consumer<ByteBuffer> consumer) {
            return closed ? 0 : RingBufferMap.this.drain(consumer);
        }

        @Override
        public long lost() {
            return lost.get() - lostBefore;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
