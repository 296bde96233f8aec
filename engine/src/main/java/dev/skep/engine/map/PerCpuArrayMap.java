package dev.skep.engine.map;

import dev.skep.engine.direct.DirectMemory;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.Optional;

/** {@code BPF_MAP_TYPE_PERCPU_ARRAY} (kernel/bpf/arraymap.c): every CPU has an array of its own. */
final class PerCpuArrayMap extends EngineMap {
    private final PerCpuValues values;
    private final ArrayKeys keys;

    PerCpuArrayMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.keys = new ArrayKeys(spec.maxEntries(), home);
        this.values = new PerCpuValues(home, valueSize, Integer.toUnsignedLong(spec.maxEntries()), programMayWrite());
    }

    @Override
    public long lookupElement(long key, int cpu) {
        int index = sandbox.getInt(key);
        return keys.isIndex(index) ? values.address(index, cpu) : 0;
    }

    @Override
    public Optional<ElementLookup> elementLookup() {
        return Optional.of(new PerCpuLayout.OfArray(DirectMemory.of(sandbox), spec.maxEntries(), values.layout()));
    }

    @Override
    public long lookupPerCpuElement(long key, long otherCpu) {
        int index = sandbox.getInt(key);
        return keys.isIndex(index) && values.isCpu(otherCpu) ? values.address(index, (int) otherCpu) : 0;
    }

    @Override
    long updateEntry(long key, long value, long flags, int cpu) {
        int refusal = updatable(key, flags);
        if (refusal == 0) {
            synchronized (lock) {
                fields.copy(sandbox, value, values.address(sandbox.getInt(key), cpu), valueSize);
            }
        }
        return refusal;
    }

    private int updatable(long key, long flags) {
        if (flags < 0 || flags > EXIST) {
            return Errno.EINVAL.negated();
        }
        if (!keys.isIndex(sandbox.getInt(key))) {
            return Errno.E2BIG.negated();
        }
        return flags == NOEXIST ? Errno.EEXIST.negated() : 0;
    }

    @Override
    long deleteEntry(long key, int cpu) {
        return Errno.EINVAL.negated();
    }

    @Override
    public long forEachElement(int cpu, ElementVisitor visitor) {
        return keys.forEach(cpu, (index, key) -> visitor.visit(key, values.address(index, cpu)));
    }

    @Override
    int userValueSize() {
        return values.userSize();
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        int index = sandbox.getInt(key);
        if (!keys.isIndex(index)) {
            return Errno.ENOENT.negated();
        }
        values.read(index, fields, out);
        return 0;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        int refusal = updatable(key, flags);
        if (refusal == 0) {
            values.writeAll(sandbox.getInt(key), fields, value);
        }
        return refusal;
    }

    @Override
    int userNextKey(long key, long next) {
        return keys.next(key, next);
    }
}
