package dev.skep.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Packets to be run in one call, and what the program said to each: filled with {@link #add}, run by {@link
 * PacketRunner#run(PacketBatch)} or {@link PacketWorkers#run}, read with {@link #verdict}, then used again after {@link #clear}.
 * Allocates nothing for a packet. Packets stay as they were added; what the program makes of them is not kept. Not thread-safe.
 */
public final class PacketBatch {
    private final byte[] bytes;
    private final int[] ends;
    private final int[] verdicts;
    private int size;
    private int failedAt;
    private @Nullable RuntimeException failure;

    /**
     * An empty batch.
     *
     * @param packets how many it can hold, at least 1
     * @param byteCount how many bytes they may have together, at least 1
     */
    public PacketBatch(int packets, int byteCount) {
        if (packets < 1 || byteCount < 1) {
            throw new IllegalArgumentException("a batch for " + packets + " packets and " + byteCount + " bytes");
        }
        bytes = new byte[byteCount];
        ends = new int[packets];
        verdicts = new int[packets];
    }

    /**
     * Copies a packet, an Ethernet frame, to the end of the batch.
     *
     * @return false if there is no room for it
     */
    public boolean add(byte[] from, int offset, int length) {
        int start = start(size);
        if (size == ends.length || length > bytes.length - start) {
            return false;
        }
        System.arraycopy(from, offset, bytes, start, length);
        ends[size] = start + length;
        size++;
        return true;
    }

    /** Takes all packets out; what the last run of them came to is forgotten. */
    public void clear() {
        size = 0;
        begin();
    }

    /** How many packets are in it. */
    public int size() {
        return size;
    }

    /** Bytes of packet {@code index}, as it was added. */
    public int length(int index) {
        return ends[index] - start(index);
    }

    /** The lower 32 bits of what the program returned for packet {@code index}. */
    public int verdict(int index) {
        return verdicts[index];
    }

    /**
     * How many packets from the first on got a verdict in the last run: all, or those before the first one whose run was ended.
     */
    public synchronized int completed() {
        return failure == null ? size : failedAt;
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    void setVerdict(int index, int verdict) {
        verdicts[index] = verdict;
    }

    /** A run of all packets begins. */
    synchronized void begin() {
        failure = null;
        failedAt = 0;
    }

    /** The run of a packet was ended. The earliest packet's exception is kept. Called by any thread. */
    synchronized void fail(int index, RuntimeException e) {
        if (failure == null || index < failedAt) {
            failure = e;
            failedAt = index;
        }
    }

    /** What the earliest packet whose run was ended, was ended by. */
    synchronized Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }
}
