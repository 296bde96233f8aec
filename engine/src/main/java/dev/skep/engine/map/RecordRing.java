package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A ring of records in the sandbox, each behind an 8-byte header: the length with two flags in its highest bits, and the
 * map's number. Positions count bytes since the start and never wrap; the header at {@code position} is at offset {@code
 * position mod size}.
 *
 * <p>The kernel maps the ring's pages twice in a row, so that a record over the end is in one piece. Here the ring has twice
 * its size of addresses, and such a record simply goes on behind the end: the bytes it would take at the start stay unused
 * while it lives, since only one record at a time can be over the end.
 */
final class RecordRing {
    /** {@code BPF_RINGBUF_HDR_SZ}. */
    static final int HEADER_SIZE = 8;
    /** {@code BPF_RINGBUF_BUSY_BIT}: reserved, not yet submitted. */
    static final int BUSY = 1 << 31;
    /** {@code BPF_RINGBUF_DISCARD_BIT}: to be skipped. */
    static final int DISCARD = 1 << 30;
    /** {@code RINGBUF_MAX_RECORD_SZ}. */
    private static final long LARGEST_RECORD = 0xffff_ffffL / 4;

    private static final VarHandle HELD;
    private static final VarHandle PRODUCER;
    private static final VarHandle CONSUMER;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            HELD = lookup.findVarHandle(RecordRing.class, "held", boolean.class);
            PRODUCER = lookup.findVarHandle(RecordRing.class, "producer", long.class);
            CONSUMER = lookup.findVarHandle(RecordRing.class, "consumer", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Sandbox sandbox;
    private final boolean alone;
    private final int owner;
    private final long size;
    private final long base;

    /** Whether somebody reserves. A reservation is a few instructions, for which a monitor would cost more than they do. */
    @SuppressWarnings("unused") // by its handle
    private boolean held;
    /** Where the next record goes. */
    private long producer;
    /** The oldest record that was not consumed. */
    private long consumer;
    /** The oldest record that may be busy. */
    private long pending;

    /**
     * @param writable whether programs may write to records
     * @param alone whether only one thread at a time reserves anyway: programs do where there is only one CPU
     */
    RecordRing(MapHome home, long size, boolean writable, boolean alone) {
        this.alone = alone;
        this.sandbox = home.sandbox();
        this.owner = home.id();
        this.size = size;
        this.base = home.blocks().allocate(2 * size, writable, "ring");
    }

    long size() {
        return size;
    }

    long producer() {
        return (long) PRODUCER.getAcquire(this);
    }

    long consumer() {
        return (long) CONSUMER.getAcquire(this);
    }

    /** Bytes from the oldest record that was not consumed to the end of the newest. */
    long available() {
        long from = consumer();
        return producer() - from;
    }

    long header(long position) {
        return base + (position & (size - 1));
    }

    private static long roundUp(long payload) {
        return (payload + HEADER_SIZE + 7) & ~7L;
    }

    /** Makes room for a record, marked busy. Usable from any thread. @return the address of its payload, 0 if it is full */
    long reserve(long payload) {
        if (payload < 0 || payload > LARGEST_RECORD) {
            return 0;
        }
        long length = roundUp(payload);
        if (length > size) {
            return 0;
        }
        return alone ? reserve(payload, length) : reserveLocked(payload, length);
    }

    private long reserveLocked(long payload, long length) {
        while (!HELD.weakCompareAndSetAcquire(this, false, true)) {
            Thread.onSpinWait();
        }
        try {
            return reserve(payload, length);
        } finally {
            HELD.setRelease(this, false);
        }
    }

    private long reserve(long payload, long length) {
        long consumed = consumer();
        long position = producer;
        skipFinished(position);
        long end = position + length;
        if (end - consumed > size - 1 || end - pending > size - 1) {
            return 0;
        }
        long header = header(position);
        sandbox.putLong(header, (long) owner << Integer.SIZE | payload | (BUSY & 0xffff_ffffL));
        PRODUCER.setRelease(this, end);
        return header + HEADER_SIZE;
    }

    private void skipFinished(long end) {
        while (pending < end) {
            int state = state(pending);
            if ((state & BUSY) != 0) {
                return;
            }
            pending += roundUp(state & ~DISCARD);
        }
    }

    /** The length and flags of the record at a position. */
    int state(long position) {
        return (int) sandbox.atomics().loadAcquire(header(position), Integer.BYTES);
    }

    /** True if there is a record at the consumer's position and its producer is done with it. */
    boolean hasNext() {
        long position = consumer();
        return position < producer() && (state(position) & BUSY) == 0;
    }

    /** The consumer is done with the record at its position. */
    void consume() {
        long position = consumer();
        CONSUMER.setVolatile(this, position + roundUp(state(position) & ~(BUSY | DISCARD)));
        VarHandle.fullFence(); // before the next record is looked at, which its producer wakes up for or not
    }

    /** True if {@code payload} is where a record of this ring may be. */
    boolean contains(long payload) {
        return payload >= base + HEADER_SIZE && payload <= base + 2 * size;
    }

    /**
     * The record's producer is done with it.
     *
     * @return true if the consumer was waiting for just this record
     */
    boolean commit(long payload, boolean discard) {
        long header = payload - HEADER_SIZE;
        int length = sandbox.getInt(header) & ~BUSY;
        sandbox.atomics().getAndSet(header, discard ? length | DISCARD : length);
        // After the exchange, in the order all threads see: either this sees where the consumer is, or it sees the
        // record.
        return ((long) CONSUMER.getVolatile(this) & (size - 1)) == header - base;
    }

    /** {@link #commit} for a producer that does not care whether the consumer waits. */
    void commitQuietly(long payload, boolean discard) {
        long header = payload - HEADER_SIZE;
        int length = sandbox.getInt(header) & ~BUSY;
        sandbox.atomics().storeRelease(header, Integer.BYTES, discard ? length | DISCARD : length);
    }

    /** The map number in the header before a payload. */
    static int ownerAt(Sandbox sandbox, long payload) {
        return sandbox.getInt(payload - 4);
    }
}
