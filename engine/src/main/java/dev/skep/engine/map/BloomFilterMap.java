package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;

/**
 * {@code BPF_MAP_TYPE_BLOOM_FILTER} (kernel/bpf/bloom_filter.c): tells of a value that it may have been pushed, or that it
 * surely was not. {@code map_extra} is the number of hash functions, 5 if 0.
 *
 * <p>On the user's side, a lookup's key is the value to look for.
 */
final class BloomFilterMap extends EngineMap {
    private static final int DEFAULT_HASHES = 5;
    private static final long MOST_BITS = 1L << 32;

    private final int hashes;
    private final int seed;
    private final int mask;
    private final long bits;

    BloomFilterMap(MapSpec spec, MapHome home) {
        super(spec, home);
        int asked = (int) spec.mapExtra() & 0xf;
        this.hashes = asked == 0 ? DEFAULT_HASHES : asked;
        this.seed = (spec.flags() & MapFlags.ZERO_SEED) != 0
                ? 0
                : home.maps().options().hashSeed();
        long size = bitsFor(Integer.toUnsignedLong(spec.maxEntries()), hashes);
        this.mask = (int) (size - 1);
        this.bits = blocks.allocate(size / 8, false, "bits");
    }

    /** Entries times hashes divided by ln 2 (taken as 5/7), rounded up to a power of two, at least a word. */
    private static long bitsFor(long entries, int hashes) {
        long needed = entries * hashes / 5 * 7;
        if (needed > MOST_BITS / 2) {
            return MOST_BITS;
        }
        return needed <= 64 ? 64 : Long.highestOneBit(needed - 1) << 1;
    }

    private int bit(long value, int number) {
        return Jenkins.hash(sandbox, value, valueSize, seed + number) & mask;
    }

    @Override
    long pushEntry(long value, long flags) {
        if (flags != ANY) {
            return Errno.EINVAL.negated();
        }
        synchronized (lock) {
            for (int number = 0; number < hashes; number++) {
                int bit = bit(value, number);
                long at = bits + (bit >>> 3);
                sandbox.putByte(at, (byte) (sandbox.getByte(at) | (1 << (bit & 7))));
            }
        }
        return 0;
    }

    @Override
    public long peekElement(long value) {
        for (int number = 0; number < hashes; number++) {
            int bit = bit(value, number);
            if ((sandbox.getByte(bits + (bit >>> 3)) & (1 << (bit & 7))) == 0) {
                return Errno.ENOENT.negated();
            }
        }
        return 0;
    }

    @Override
    long updateEntry(long key, long value, long flags, int cpu) {
        return Errno.EINVAL.negated();
    }

    @Override
    int userKeySize(boolean lookup) {
        return lookup ? valueSize : 0;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        int result = (int) peekElement(key);
        if (result == 0) {
            sandbox.read(key, out, 0, valueSize);
        }
        return result;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        return (int) pushEntry(value, flags);
    }
}
