package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.Optional;

/** {@code BPF_MAP_TYPE_HASH} and {@code BPF_MAP_TYPE_LRU_HASH}: one value for all CPUs, replaced as a whole. */
final class PlainHashMap extends HashTableMap {
    PlainHashMap(MapSpec spec, MapHome home) {
        super(spec, home, spec.valueSize());
    }

    @Override
    long value(int element, int cpu) {
        return pool.value(element);
    }

    @Override
    public Optional<ElementLookup> elementLookup() {
        return Optional.of(marks().<ElementLookup>map(marks -> new LruValues(index.lookup(), marks))
                .orElseGet(() -> new HashValues(index.lookup())));
    }

    @Override
    long updateEntry(long key, long value, long flags, int slot) {
        if (!isAllowed(flags)) {
            return Errno.EINVAL.negated();
        }
        return put(key, value, flags, slot);
    }

    @Override
    int storeOver(int old, long value, long flags, int slot) {
        return (flags & LOCK) == 0 ? REPLACE : fields.copyLocked(sandbox, value, pool.value(old), valueSize);
    }

    @Override
    void fill(int element, long value, int slot) {
        fields.initialize(sandbox, value, pool.value(element), valueSize);
    }

    private boolean isAllowed(long flags) {
        if (flags < 0 || (flags & ~LOCK) > EXIST) {
            return false;
        }
        return (flags & LOCK) == 0 || (fields.hasSpinLock() && !isLru());
    }

    @Override
    int readForUser(int element, byte[] out, long flags) {
        if ((flags & LOCK) != 0) {
            return fields.readLocked(sandbox, pool.value(element), out, valueSize);
        }
        fields.read(sandbox, pool.value(element), out, 0, valueSize);
        return 0;
    }
}
