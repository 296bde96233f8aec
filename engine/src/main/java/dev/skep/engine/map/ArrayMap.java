package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.Optional;

/** {@code BPF_MAP_TYPE_ARRAY} (kernel/bpf/arraymap.c), and the sections of globals, which are arrays with one entry. */
final class ArrayMap extends EngineMap {
    private final int stride;
    private final long base;
    private final ArrayKeys keys;

    ArrayMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.stride = ElementPool.roundUp(valueSize);
        this.keys = new ArrayKeys(spec.maxEntries(), home);
        this.base = blocks.allocate(
                valueSize, stride, Integer.toUnsignedLong(spec.maxEntries()), programMayWrite(), "value");
        fillFromSpec();
    }

    private void fillFromSpec() {
        byte[] contents = spec.contents().toArray();
        sandbox.write(contents, 0, base, Math.min(contents.length, valueSize));
        if (spec.role() == MapSpec.Role.RODATA || spec.role() == MapSpec.Role.KCONFIG) {
            access.freeze();
        }
    }

    @Override
    public long lookupElement(long key, int cpu) {
        int index = sandbox.getInt(key);
        return keys.isIndex(index) ? value(index) : 0;
    }

    private long value(int index) {
        return base + (long) index * stride;
    }

    @Override
    long updateEntry(long key, long value, long flags, int cpu) {
        if ((flags & ~LOCK) > EXIST || flags < 0 || ((flags & LOCK) != 0 && !fields.hasSpinLock())) {
            return Errno.EINVAL.negated();
        }
        int index = sandbox.getInt(key);
        if (!keys.isIndex(index)) {
            return Errno.E2BIG.negated();
        }
        if ((flags & NOEXIST) != 0) {
            return Errno.EEXIST.negated();
        }
        synchronized (lock) {
            if ((flags & LOCK) != 0) {
                return fields.copyLocked(sandbox, value, value(index), valueSize);
            }
            fields.copy(sandbox, value, value(index), valueSize);
            return 0;
        }
    }

    @Override
    long deleteEntry(long key, int cpu) {
        return Errno.EINVAL.negated();
    }

    @Override
    public long forEachElement(int cpu, ElementVisitor visitor) {
        return keys.forEach(cpu, (index, key) -> visitor.visit(key, value(index)));
    }

    @Override
    public Optional<ArrayElements> arrayElements() {
        return Optional.of(new ArrayElements(base, stride, spec.maxEntries()));
    }

    @Override
    public long directValue(long offset) {
        if (spec.maxEntries() != 1) {
            return super.directValue(offset);
        }
        if (offset < 0 || offset >= valueSize) {
            throw refusal(Errno.EINVAL, "address at offset " + offset, "the value has " + valueSize + " bytes");
        }
        return base + offset;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        long value = lookupElement(key, 0);
        if (value == 0) {
            return Errno.ENOENT.negated();
        }
        if ((flags & LOCK) != 0) {
            return fields.readLocked(sandbox, value, out, valueSize);
        }
        fields.read(sandbox, value, out, 0, valueSize);
        return 0;
    }

    @Override
    int userNextKey(long key, long next) {
        return keys.next(key, next);
    }
}
