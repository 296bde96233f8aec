package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;

/**
 * {@code BPF_MAP_TYPE_STACK_TRACE} (kernel/bpf/stackmap.c): stacks by their hash. A stack is a row of 64-bit addresses, the
 * innermost first.
 */
public final class StackTraceMap extends EngineMap {
    /** {@code BPF_F_FAST_STACK_CMP}: equal hashes are equal stacks. */
    public static final long FAST_COMPARE = 1 << 9;
    /** {@code BPF_F_REUSE_STACKID}: a stack with the same number is replaced. */
    public static final long REUSE = 1 << 10;

    /** Frames to skip and {@code BPF_F_USER_STACK}: for whoever collects the stack. */
    private static final long COLLECTING = 0xff | 1 << 8;

    private static final int FRAME_SIZE = 8;

    private final int buckets;
    private final int stride;
    private final long base;
    /** By bucket: bytes of its stack plus one, 0 if it has none. */
    private final int[] lengths;

    private final int[] hashes;

    StackTraceMap(MapSpec spec, MapHome home) {
        super(spec, home);
        HashIndex.requireHeap(spec.name(), spec.maxEntries());
        this.buckets = HashIndex.bucketsFor(spec.maxEntries());
        this.stride = valueSize;
        this.base = blocks.allocate(valueSize, stride, buckets, false, "stack");
        this.lengths = new int[buckets];
        this.hashes = new int[buckets];
    }

    /**
     * The second half of {@code bpf_get_stackid}: the number of a stack, stored if it is new.
     *
     * @param frames address of the frames
     * @param count how many; those beyond the map's value size are left out
     * @param flags as {@code bpf_get_stackid} takes them
     * @return the number, EEXIST negated if another stack has it, EINVAL for unknown flags
     */
    public long stackId(long frames, int count, long flags) {
        if ((flags & ~(COLLECTING | FAST_COMPARE | REUSE)) != 0) {
            return Errno.EINVAL.negated();
        }
        int length = Math.min(count * FRAME_SIZE, valueSize);
        int hash = Jenkins.hash(sandbox, frames, length, 0);
        int id = hash & (buckets - 1);
        synchronized (lock) {
            boolean sameHash = lengths[id] != 0 && hashes[id] == hash;
            if (sameHash && ((flags & FAST_COMPARE) != 0 || isStored(id, frames, length))) {
                return id;
            }
            if (lengths[id] != 0 && (flags & REUSE) == 0) {
                return Errno.EEXIST.negated();
            }
            sandbox.copy(frames, stack(id), length);
            sandbox.fill(stack(id) + length, valueSize - length, (byte) 0);
            lengths[id] = length + 1;
            hashes[id] = hash;
            return id;
        }
    }

    private long stack(int id) {
        return base + (long) id * stride;
    }

    private boolean isStored(int id, long frames, int length) {
        if (lengths[id] != length + 1) {
            return false;
        }
        for (int at = 0; at < length; at += FRAME_SIZE) {
            if (sandbox.getLong(stack(id) + at) != sandbox.getLong(frames + at)) {
                return false;
            }
        }
        return true;
    }

    private boolean isId(int id) {
        return Integer.compareUnsigned(id, buckets) < 0;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        int id = sandbox.getInt(key);
        if (!isId(id) || lengths[id] == 0) {
            return Errno.ENOENT.negated();
        }
        sandbox.read(stack(id), out, 0, valueSize);
        return 0;
    }

    @Override
    int userLookupAndDelete(long key, byte[] out) {
        int result = userLookup(key, out, 0);
        return result == 0 ? userDelete(key) : result;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        return Errno.EINVAL.negated();
    }

    @Override
    int userDelete(long key) {
        int id = sandbox.getInt(key);
        if (!isId(id)) {
            return Errno.E2BIG.negated();
        }
        if (lengths[id] == 0) {
            return Errno.ENOENT.negated();
        }
        lengths[id] = 0;
        return 0;
    }

    @Override
    int userNextKey(long key, long next) {
        int id = key == 0 ? -1 : sandbox.getInt(key);
        id = isId(id) && lengths[id] != 0 ? id + 1 : 0;
        while (id < buckets && lengths[id] == 0) {
            id++;
        }
        if (id == buckets) {
            return Errno.ENOENT.negated();
        }
        sandbox.putInt(next, id);
        return 0;
    }
}
