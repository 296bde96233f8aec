package dev.skep.linux.map;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.MapBatch;
import dev.skep.linux.bpf.BpfAttrLayout.MapElement;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.Optional;

/**
 * A map's operations on native memory: for hot paths, since nothing is allocated. Keys are segments of exactly the key's size
 * ({@link MemorySegment#NULL} for maps without keys), values of at least {@link #valueBytes()}.
 *
 * <pre>{@code
 * try (Arena arena = Arena.ofConfined()) {
 *     MemorySegment key = arena.allocate(4);
 *     MemorySegment value = arena.allocate(map.raw().valueBytes());
 *     if (map.raw().lookup(key, value)) {
 *         long packets = value.get(ValueLayout.JAVA_LONG, 0);
 *     }
 * }
 * }</pre>
 *
 * <p>Every failure other than "no such entry" is a {@link HostException}. Thread-safe as long as threads use different segments.
 */
public final class RawMap {
    private final MapSpec spec;
    private final FileDescriptor descriptor;
    private final int keyBytes;
    private final long valueBytes;

    RawMap(MapSpec spec, FileDescriptor descriptor, long valueBytes) {
        this.spec = spec;
        this.descriptor = descriptor;
        this.keyBytes = spec.keySize();
        this.valueBytes = valueBytes;
    }

    /** Bytes of a key; 0 for maps without keys. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Bytes of a value as bpf(2) has it: for per-CPU maps those of all possible CPUs, each rounded up to 8. */
    public long valueBytes() {
        return valueBytes;
    }

    /** Copies the value of {@code key} to {@code value}. @return false if there is none */
    public boolean lookup(MemorySegment key, MemorySegment value) {
        return lookup(key, value, BpfMap.ANY);
    }

    /** As {@link #lookup(MemorySegment, MemorySegment)}. @param flags 0 or {@link BpfMap#LOCK} */
    public boolean lookup(MemorySegment key, MemorySegment value, long flags) {
        return found(call(BpfCommand.MAP_LOOKUP_ELEM, key, value, flags), "look up", key, flags);
    }

    /** Copies the value of {@code key} to {@code value} and removes it. @return false if there is none */
    public boolean lookupAndDelete(MemorySegment key, MemorySegment value, long flags) {
        return found(call(BpfCommand.MAP_LOOKUP_AND_DELETE_ELEM, key, value, flags), "take out", key, flags);
    }

    /** Stores {@code value}. @param flags {@link BpfMap#ANY}, {@link BpfMap#NOEXIST} or {@link BpfMap#EXIST}, plus {@link BpfMap#LOCK} */
    public void update(MemorySegment key, MemorySegment value, long flags) {
        long result = call(BpfCommand.MAP_UPDATE_ELEM, key, value, flags);
        if (result < 0) {
            throw failure(result, "update", key, flags);
        }
    }

    /** Removes {@code key}. @return false if it was not there */
    public boolean delete(MemorySegment key) {
        requireKey(key);
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(MapElement.MAP_FD, descriptor).set(MapElement.KEY, key.address());
            return found(attr.call(BpfCommand.MAP_DELETE_ELEM), "delete", key, 0);
        } finally {
            Reference.reachabilityFence(key);
        }
    }

    /**
     * Copies the key after {@code key} to {@code next}, which may be the same memory; the first if {@code key} is
     * {@link MemorySegment#NULL} or no longer there.
     *
     * @return false at the end
     */
    public boolean nextKey(MemorySegment key, MemorySegment next) {
        requireKey(next);
        if (key.address() != 0) {
            requireKey(key);
        }
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(MapElement.MAP_FD, descriptor)
                    .set(MapElement.KEY, key.address())
                    .set(MapElement.NEXT_KEY, next.address());
            return found(attr.call(BpfCommand.MAP_GET_NEXT_KEY), "walk", MemorySegment.NULL, 0);
        } finally {
            Reference.reachabilityFence(key);
            Reference.reachabilityFence(next);
        }
    }

    /**
     * Stores entries, creating or replacing, until one is refused ({@code BPF_MAP_UPDATE_BATCH}, Linux 5.6).
     *
     * @param keys one after the other @param values likewise, each {@link #valueBytes()} long
     * @param flags 0 or {@link BpfMap#LOCK}
     * @throws HostException ENOTSUPP or, before Linux 5.6, EINVAL if there is no such operation
     */
    public BpfMap.BatchResult updateBatch(MemorySegment keys, MemorySegment values, int count, long flags) {
        return batch(BpfCommand.MAP_UPDATE_BATCH, keys, values, count, flags);
    }

    /**
     * Removes keys until one is refused, which a key that is not there is with ENOENT ({@code BPF_MAP_DELETE_BATCH}, Linux 5.6).
     *
     * @throws HostException ENOTSUPP or, before Linux 5.6, EINVAL if there is no such operation
     */
    public BpfMap.BatchResult deleteBatch(MemorySegment keys, int count) {
        return batch(BpfCommand.MAP_DELETE_BATCH, keys, MemorySegment.NULL, count, 0);
    }

    private BpfMap.BatchResult batch(
            BpfCommand command, MemorySegment keys, MemorySegment values, int count, long flags) {
        boolean update = command == BpfCommand.MAP_UPDATE_BATCH;
        Objects.checkFromIndexSize(0, (long) count * keyBytes, keys.byteSize());
        Objects.checkFromIndexSize(0, update ? count * valueBytes : 0, values.byteSize());
        try (BpfAttr attr = BpfAttr.take()) {
            long result = attr.set(MapBatch.MAP_FD, descriptor)
                    .set(MapBatch.KEYS, keys.address())
                    .set(MapBatch.VALUES, values.address())
                    .set(MapBatch.COUNT, count)
                    .set(MapBatch.ELEM_FLAGS, flags)
                    .expect(MapBatch.FLAGS)
                    .call(command);
            if (result >= 0) {
                return new BpfMap.BatchResult(count, Optional.empty());
            }
            if (isNotOffered(result) || SystemFailure.is(result, Errno.EPERM)) { // for the map, not for an entry
                throw failure(result, update ? "update a batch" : "delete a batch", MemorySegment.NULL, flags);
            }
            // What is refused before the first entry leaves the number as it was told.
            int done = (int) attr.get(MapBatch.COUNT);
            return new BpfMap.BatchResult(done == count ? 0 : done, Optional.of(SystemFailure.errno(result)));
        } finally {
            Reference.reachabilityFence(keys);
            Reference.reachabilityFence(values);
        }
    }

    /** EINVAL is also what kernels answer that do not know the command; for others ours has no invalid argument but the flags. */
    private static boolean isNotOffered(long result) {
        return SystemFailure.is(result, Errno.ENOTSUPP) || SystemFailure.is(result, Errno.EINVAL);
    }

    /** Reads all entries, many at a time. @param delete whether those read are removed */
    public BatchReader batchReader(boolean delete) {
        return new BatchReader(this, delete);
    }

    /** One batch; see {@link BatchReader}. */
    long readBatch(
            BpfAttr attr,
            BpfCommand command,
            MemorySegment from,
            MemorySegment to,
            MemorySegment keys,
            MemorySegment values,
            int count) {
        try {
            return attr.set(MapBatch.MAP_FD, descriptor)
                    .set(MapBatch.IN_BATCH, SystemCalls.address(from))
                    .set(MapBatch.OUT_BATCH, to.address())
                    .set(MapBatch.KEYS, keys.address())
                    .set(MapBatch.VALUES, values.address())
                    .set(MapBatch.COUNT, count)
                    .expect(MapBatch.FLAGS)
                    .call(command);
        } finally {
            Reference.reachabilityFence(keys);
            Reference.reachabilityFence(values);
        }
    }

    private long call(BpfCommand command, MemorySegment key, MemorySegment value, long flags) {
        requireKey(key);
        if (value.byteSize() < valueBytes) {
            throw MapFailure.wrongSize(spec, "value", value.byteSize(), valueBytes);
        }
        try (BpfAttr attr = BpfAttr.take()) {
            return attr.set(MapElement.MAP_FD, descriptor)
                    .set(MapElement.KEY, SystemCalls.address(key))
                    .set(MapElement.VALUE, SystemCalls.address(value))
                    .setIfAny(MapElement.FLAGS, flags)
                    .call(command);
        } finally {
            Reference.reachabilityFence(key);
            Reference.reachabilityFence(value);
        }
    }

    private void requireKey(MemorySegment key) {
        if (key.byteSize() != keyBytes) {
            throw MapFailure.wrongSize(spec, "key", key.byteSize(), keyBytes);
        }
    }

    private boolean found(long result, String verb, MemorySegment key, long flags) {
        if (result >= 0) {
            return true;
        }
        if (SystemFailure.is(result, Errno.ENOENT)) {
            return false;
        }
        throw failure(result, verb, key, flags);
    }

    HostException failure(long result, String verb, MemorySegment key, long flags) {
        return MapFailure.of(result, verb, spec, descriptor, key, flags);
    }
}
