package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;

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

    private final Sandbox sandbox;
    private final int owner;
    private final long size;
    private final long base;

    /** Where the next record goes. */
    private volatile long producer;
    /** The oldest record that was not consumed. */
    private volatile long consumer;
    /** The oldest record that may be busy. */
    private long pending;

    /** @param writable whether programs may write to records */
    RecordRing(MapHome home, long size, boolean writable) {
        this.sandbox = home.sandbox();
        this.owner = home.id();
        this.size = size;
        this.base = home.blocks().allocate(2 * size, writable, "ring");
    }

    long size() {
        return size;
    }

    long producer() {
        return producer;
    }

    long consumer() {
        return consumer;
    }

    /** Bytes from the oldest record that was not consumed to the end of the newest. */
    long available() {
        long from = consumer;
        return producer - from;
    }

    long header(long position) {
        return base + (position & (size - 1));
    }

    private static long roundUp(long payload) {
        return (payload + HEADER_SIZE + 7) & ~7L;
    }

    /** Makes room for a record, marked busy. One caller at a time. @return the address of its payload, 0 if it is full */
    long reserve(long payload) {
        if (payload < 0 || payload > LARGEST_RECORD) {
            return 0;
        }
        long length = roundUp(payload);
        if (length > size) {
            return 0;
        }
        long consumed = consumer;
        long position = producer;
        skipFinished(position);
        long end = position + length;
        if (end - consumed > size - 1 || end - pending > size - 1) {
            return 0;
        }
        long header = header(position);
        sandbox.putInt(header + 4, owner);
        sandbox.atomics().storeRelease(header, Integer.BYTES, (int) payload | BUSY);
        producer = end;
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
        return consumer < producer && (state(consumer) & BUSY) == 0;
    }

    /** The consumer is done with the record at its position. */
    void consume() {
        long position = consumer;
        consumer = position + roundUp(state(position) & ~(BUSY | DISCARD));
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
        return (consumer & (size - 1)) == header - base;
    }

    /** The map number in the header before a payload. */
    static int ownerAt(Sandbox sandbox, long payload) {
        return sandbox.getInt(payload - 4);
    }
}
