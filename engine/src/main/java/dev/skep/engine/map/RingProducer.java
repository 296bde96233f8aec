package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;

/**
 * The producers' side of a {@link RecordRing}: a record, so that HotSpot makes straight-line code of it where the ring is a constant.
 * To be used during a program's run, or while the map is otherwise certain to be open.
 *
 * @param base address of the first header
 * @param size bytes of the ring, a power of two
 * @param owner the map's number
 * @param alone whether only one thread at a time reserves anyway: programs do where there is only one CPU
 */
record RingProducer(DirectMemory memory, long base, long size, int owner, boolean alone, RingPositions positions) {
    /** {@code RINGBUF_MAX_RECORD_SZ}. */
    private static final long LARGEST_RECORD = 0xffff_ffffL / 4;

    private static final long LOW = 0xffff_ffffL;

    /** Makes room for a record, marked busy. Usable from any thread. @return the address of its payload, 0 if it is full */
    long reserve(long payload) {
        if (payload < 0 || payload > LARGEST_RECORD || RecordRing.roundUp(payload) > size) {
            return 0;
        }
        if (alone) {
            return reserveAlone(payload);
        }
        positions.lock();
        long record = reserveAlone(payload);
        positions.unlock();
        return record;
    }

    private long reserveAlone(long payload) {
        long consumed = positions.consumer();
        long position = positions.ownProducer();
        long oldest = oldestBusy(position);
        long end = position + RecordRing.roundUp(payload);
        if (end - consumed > size - 1 || end - oldest > size - 1) {
            return 0;
        }
        long header = header(position);
        memory.putLong(header, (long) owner << Integer.SIZE | payload | (RecordRing.BUSY & LOW));
        positions.setProducer(end);
        return header + RecordRing.HEADER_SIZE;
    }

    private long header(long position) {
        return base + (position & (size - 1));
    }

    private long oldestBusy(long end) {
        long position = positions.pending;
        while (position < end) {
            int state = memory.getIntAcquire(header(position));
            if ((state & RecordRing.BUSY) != 0) {
                break;
            }
            position += RecordRing.roundUp(state & ~RecordRing.DISCARD);
        }
        positions.pending = position;
        return position;
    }

    /**
     * The record's producer is done with it.
     *
     * @return true if the consumer was waiting for just this record
     */
    boolean commit(long payload, boolean discard) {
        long header = payload - RecordRing.HEADER_SIZE;
        memory.getAndSetInt(header, finished(header, discard));
        // After the exchange, in the order all threads see: either this sees where the consumer is, or it sees the
        // record.
        return (positions.consumerInOrder() & (size - 1)) == header - base;
    }

    /** {@link #commit} for a producer that does not care whether the consumer waits. */
    void commitQuietly(long payload, boolean discard) {
        long header = payload - RecordRing.HEADER_SIZE;
        memory.putIntRelease(header, finished(header, discard));
    }

    private int finished(long header, boolean discard) {
        int length = memory.getInt(header) & ~RecordRing.BUSY;
        return discard ? length | RecordRing.DISCARD : length;
    }
}
