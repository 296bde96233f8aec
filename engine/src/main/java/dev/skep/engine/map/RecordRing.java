package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;
import dev.skep.engine.memory.Sandbox;
import java.lang.invoke.VarHandle;

/**
 * A ring of records in the sandbox, each behind an 8-byte header: the length with two flags in its highest bits, and the
 * map's number. Positions count bytes since the start and never wrap; the header at {@code position} is at offset {@code
 * position mod size}. This is the consumer's side; producers have {@link RingProducer}.
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

    private final Sandbox sandbox;
    private final long size;
    private final long base;
    private final RingPositions positions = new RingPositions();
    private final RingProducer producers;

    /**
     * @param writable whether programs may write to records
     * @param alone whether only one thread at a time reserves anyway: programs do where there is only one CPU
     */
    RecordRing(MapHome home, long size, boolean writable, boolean alone) {
        this.sandbox = home.sandbox();
        this.size = size;
        this.base = home.blocks().allocate(2 * size, writable, "ring");
        this.producers = new RingProducer(DirectMemory.of(sandbox), base, size, home.id(), alone, positions);
    }

    /** Bytes that a record with this payload takes, rounded up to whole headers. */
    static long roundUp(long payload) {
        return (payload + HEADER_SIZE + 7) & ~7L;
    }

    RingProducer producers() {
        return producers;
    }

    long size() {
        return size;
    }

    long producer() {
        return positions.producer();
    }

    long consumer() {
        return positions.consumer();
    }

    /** Bytes from the oldest record that was not consumed to the end of the newest. */
    long available() {
        long from = consumer();
        return producer() - from;
    }

    long header(long position) {
        return base + (position & (size - 1));
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
        positions.setConsumer(position + roundUp(state(position) & ~(BUSY | DISCARD)));
        VarHandle.fullFence(); // before the next record is looked at, which its producer wakes up for or not
    }

    /** True if {@code payload} is where a record of this ring may be. */
    boolean contains(long payload) {
        return payload >= base + HEADER_SIZE && payload <= base + 2 * size;
    }

    /** The map number in the header before a payload. */
    static int ownerAt(Sandbox sandbox, long payload) {
        return sandbox.getInt(payload - 4);
    }
}
