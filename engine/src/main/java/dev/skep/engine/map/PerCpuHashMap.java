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
    long updateEntry(long key, long value, long flags, int slot) {
        return flags < 0 || flags > EXIST ? Errno.EINVAL.negated() : put(key, value, flags, slot);
    }

    /** The user's side stores the values of all CPUs, a program that of its own. */
    @Override
    int storeOver(int old, long value, long flags, int slot) {
        markUsed(old);
        if (slot == userSlot) {
            values.writeAll(old, fields, value);
        } else {
            fields.copy(sandbox, value, values.address(old, slot), valueSize);
        }
        return 0;
    }

    @Override
    void fill(int element, long value, int slot) {
        if (slot == userSlot) {
            values.writeAll(element, fields, value);
        } else {
            values.writeOne(element, slot, value);
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
