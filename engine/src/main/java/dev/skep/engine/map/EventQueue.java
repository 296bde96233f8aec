package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.Consumer;

/** A bounded queue of records, each behind its 4-byte size and rounded up to 8 bytes together. Thread-safe. */
final class EventQueue {
    private static final int SIZE_BYTES = 4;
    private static final int SMALLEST = 64;

    private final byte[] bytes;
    /** Bytes ever put in and taken out; the difference is what is in the queue. */
    private long written;

    private long read;
    private long lost;

    EventQueue(int room) {
        if (room < SMALLEST) {
            throw new IllegalArgumentException("a queue of " + room + " bytes, the least is " + SMALLEST);
        }
        bytes = new byte[room & ~7];
    }

    /** Adds a record of two parts. @return false if it found no room; it is counted as lost then */
    synchronized boolean put(Sandbox sandbox, long first, long firstSize, long second, long secondSize) {
        boolean small = firstSize <= bytes.length && secondSize <= bytes.length;
        long space = (SIZE_BYTES + firstSize + secondSize + 7) & ~7L;
        if (!small || space > bytes.length - (written - read)) {
            lost++;
            return false;
        }
        int at = index(written);
        // Records start at multiples of 8 in a queue whose size is one, so the size is never split.
        Numbers.putInt(bytes, at, (int) (firstSize + secondSize));
        copyIn(sandbox, first, written + SIZE_BYTES, (int) firstSize);
        copyIn(sandbox, second, written + SIZE_BYTES + firstSize, (int) secondSize);
        written += space;
        return true;
    }

    private int index(long position) {
        return (int) (position % bytes.length);
    }

    private void copyIn(Sandbox sandbox, long from, long position, int length) {
        int at = index(position);
        int untilEnd = Math.min(length, bytes.length - at);
        sandbox.read(from, bytes, at, untilEnd);
        sandbox.read(from + untilEnd, bytes, 0, length - untilEnd);
    }

    /** Takes all records out that are there now. */
    int drain(Consumer<ByteBuffer> consumer) {
        int records = 0;
        long end;
        synchronized (this) {
            end = written;
        }
        for (Optional<byte[]> record = takeBefore(end); record.isPresent(); record = takeBefore(end)) {
            consumer.accept(ByteBuffer.wrap(record.get()).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
            records++;
        }
        return records;
    }

    private synchronized Optional<byte[]> takeBefore(long end) {
        if (read >= end) {
            return Optional.empty();
        }
        byte[] record = new byte[Numbers.getInt(bytes, index(read))];
        int at = index(read + SIZE_BYTES);
        int untilEnd = Math.min(record.length, bytes.length - at);
        System.arraycopy(bytes, at, record, 0, untilEnd);
        System.arraycopy(bytes, 0, record, untilEnd, record.length - untilEnd);
        read += (SIZE_BYTES + record.length + 7) & ~7L;
        return Optional.of(record);
    }

    synchronized long lost() {
        return lost;
    }
}
