package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.Optional;

/** {@code BPF_MAP_TYPE_PERCPU_HASH} and {@code BPF_MAP_TYPE_LRU_PERCPU_HASH}: every key has a value for each CPU. */
final class PerCpuHashMap extends HashTableMap {
    private final PerCpuValues values;

    PerCpuHashMap(MapSpec spec, MapHome home) {
        super(spec, home, 0);
        this.values = new PerCpuValues(home, valueSize, pool.capacity(), programMayWrite());
    }

    @Override
    long value(int element, int cpu) {
        return values.address(element, cpu);
    }

    @Override
    public Optional<ElementLookup> elementLookup() {
        return isLru() ? Optional.empty() : Optional.of(new PerCpuLayout.OfHash(index.lookup(), values.layout()));
    }

    @Override
    public long lookupPerCpuElement(long key, long otherCpu) {
        return values.isCpu(otherCpu) ? lookupElement(key, (int) otherCpu) : 0;
    }

    @Override
    long updateEntry(long key, long value, long flags, int cpu) {
        return update(key, value, flags, cpu, false);
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        return update(key, value, flags, 0, true);
    }

    private int update(long key, long value, long flags, int cpu, boolean allCpus) {
        if (flags < 0 || flags > EXIST) {
            return Errno.EINVAL.negated();
        }
        int hash = index.hash(key);
        synchronized (lock) {
            int old = index.find(key, hash);
            int refusal = checkFlags(old, flags);
            if (refusal != 0) {
                return refusal;
            }
            if (old != NONE) {
                markUsed(old);
                store(old, value, cpu, allCpus);
                return 0;
            }
            int element = allocate(key, NONE, cpu);
            if (element < 0) {
                return element;
            }
            if (allCpus) {
                values.writeAll(element, fields, value);
            } else {
                values.writeOne(element, cpu, value);
            }
            link(element, hash, NONE, cpu);
            return 0;
        }
    }

    private void store(int element, long value, int cpu, boolean allCpus) {
        if (allCpus) {
            values.writeAll(element, fields, value);
        } else {
            fields.copy(sandbox, value, values.address(element, cpu), valueSize);
        }
    }

    @Override
    int userValueSize() {
        return values.userSize();
    }

    @Override
    int readForUser(int element, byte[] out, long flags) {
        values.read(element, fields, out);
        return 0;
    }
}
