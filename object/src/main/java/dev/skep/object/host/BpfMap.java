package dev.skep.object.host;

import dev.skep.object.map.MapSpec;
import java.util.List;
import java.util.Optional;

/**
 * A live map, seen from the user's side: keys and values as raw bytes in the machine's (little-endian) layout.
 *
 * <p>A per-CPU map's value here is the values of all CPUs one after the other, each rounded up to 8 bytes, as bpf(2) has it.
 * Every failure other than "no such entry" is a {@link HostException} with the errno the kernel would give.
 */
public interface BpfMap {
    /** {@code BPF_ANY}: create or replace. */
    long ANY = 0;
    /** {@code BPF_NOEXIST}: create only. */
    long NOEXIST = 1;
    /** {@code BPF_EXIST}: replace only. */
    long EXIST = 2;
    /** {@code BPF_F_LOCK}: hold the value's spin lock meanwhile. */
    long LOCK = 4;

    /** What it was created from. */
    MapSpec spec();

    /** The value of {@code key}; for queue and stack with an empty key the next element, which stays. */
    Optional<byte[]> lookup(byte[] key);

    /** Stores {@code value}. @param flags {@link #ANY}, {@link #NOEXIST} or {@link #EXIST}, plus {@link #LOCK} */
    void update(byte[] key, byte[] value, long flags);

    /** Stores {@code value}, creating or replacing. */
    default void update(byte[] key, byte[] value) {
        update(key, value, ANY);
    }

    /** Removes {@code key}. @return false if it was not there */
    boolean delete(byte[] key);

    /** Removes and returns ({@code BPF_MAP_LOOKUP_AND_DELETE_ELEM}); for queue and stack with an empty key: pops. */
    Optional<byte[]> lookupAndDelete(byte[] key);

    /** The key after {@code key}, or the first if {@code key} is empty or no longer there; empty at the end. */
    Optional<byte[]> nextKey(Optional<byte[]> key);

    /** No more writes from the user's side ({@code BPF_MAP_FREEZE}). */
    void freeze();

    /**
     * Up to {@code count} entries at once ({@code BPF_MAP_LOOKUP_BATCH}). Hash maps give whole buckets.
     *
     * @param cursor empty to begin, then {@link Batch#next}
     * @throws HostException ENOTSUPP if the kind has no such operation, ENOSPC if {@code count} is less than a bucket holds
     */
    default Batch lookupBatch(Optional<byte[]> cursor, int count) {
        throw new HostException(Errno.ENOTSUPP, "lookup batch on map " + spec().name());
    }

    /** As {@link #lookupBatch}; what is returned is removed ({@code BPF_MAP_LOOKUP_AND_DELETE_BATCH}). */
    default Batch lookupAndDeleteBatch(Optional<byte[]> cursor, int count) {
        throw new HostException(Errno.ENOTSUPP, "lookup and delete batch on map " + spec().name());
    }

    /**
     * Stores entries, creating or replacing, until one is refused ({@code BPF_MAP_UPDATE_BATCH}).
     *
     * @param flags 0 or {@link #LOCK}
     * @throws HostException ENOTSUPP if the kind has no such operation
     */
    default BatchResult updateBatch(List<Entry> entries, long flags) {
        throw new HostException(Errno.ENOTSUPP, "update batch on map " + spec().name());
    }

    /**
     * Removes keys until one is refused, which a key that is not there is with ENOENT ({@code BPF_MAP_DELETE_BATCH}).
     *
     * @throws HostException ENOTSUPP if the kind has no such operation
     */
    default BatchResult deleteBatch(List<byte[]> keys) {
        throw new HostException(Errno.ENOTSUPP, "delete batch on map " + spec().name());
    }

    /** A key and its value. */
    record Entry(byte[] key, byte[] value) {}

    /**
     * What a batch lookup found.
     *
     * @param next where to go on; empty at the end
     */
    record Batch(List<Entry> entries, Optional<byte[]> next) {
        /** Copies the list. */
        public Batch {
            entries = List.copyOf(entries);
        }
    }

    /**
     * How far a batch came.
     *
     * @param done number of entries stored or removed
     * @param refusal why the next one was not
     */
    record BatchResult(int done, Optional<Errno> refusal) {}
}
