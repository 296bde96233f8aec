package dev.skep.object.host;

import dev.skep.object.map.MapSpec;
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
}
