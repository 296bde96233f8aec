package dev.skep.linux.event;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Copies of a ring buffer's records as they come; ends when the buffer is closed. */
public final class RingIterator implements Iterator<byte[]> {
    private final RingBuffer ring;
    private Optional<byte[]> ahead = Optional.empty();

    RingIterator(RingBuffer ring) {
        this.ring = ring;
    }

    /** Waits for a record. @return false if the buffer has been closed, or the thread interrupted */
    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && ring.isOpen() && !Thread.currentThread().isInterrupted()) {
            try {
                ahead = ring.take();
            } catch (IllegalStateException e) {
                if (ring.isOpen()) {
                    throw e;
                }
                return false; // closed by another thread just now
            }
            if (ahead.isEmpty()) {
                ring.await();
            }
        }
        return ahead.isPresent();
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException(ring + " has been closed");
        }
        byte[] record = ahead.orElseThrow();
        ahead = Optional.empty();
        return record;
    }
}
