package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.Optional;

/**
 * {@code BPF_MAP_TYPE_ARRAY_OF_MAPS}: programs find inner maps' handles, the user's side stores and reads maps' numbers
 * ({@link EngineMap#id}).
 */
final class ArrayOfMapsMap extends EngineMap {
    private static final int HANDLE_SIZE = 8;

    private final ArrayKeys keys;
    private final InnerMaps inner;
    private final long base;
    private int present;

    ArrayOfMapsMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.keys = new ArrayKeys(spec.maxEntries(), home);
        this.inner = new InnerMaps(spec, maps);
        this.base = blocks.allocate(
                HANDLE_SIZE, HANDLE_SIZE, Integer.toUnsignedLong(spec.maxEntries()), false, "inner map");
    }

    @Override
    public long lookupElement(long key, int cpu) {
        int index = sandbox.getInt(key);
        return keys.isIndex(index) ? sandbox.atomics().loadAcquire(slot(index), HANDLE_SIZE) : 0;
    }

    private long slot(int index) {
        return base + Integer.toUnsignedLong(index) * HANDLE_SIZE;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        return inner.readId(lookupElement(key, 0), out);
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        int index = sandbox.getInt(key);
        if (flags != ANY) {
            return Errno.EINVAL.negated();
        }
        if (!keys.isIndex(index)) {
            return Errno.E2BIG.negated();
        }
        int id = sandbox.getInt(value);
        if (maps.withId(id).isEmpty()) {
            return Errno.EBADF.negated();
        }
        Optional<EngineMap> map = inner.adopt(id);
        if (map.isEmpty()) {
            return Errno.EINVAL.negated();
        }
        replace(index, map.get().handle());
        return 0;
    }

    @Override
    int userDelete(long key) {
        int index = sandbox.getInt(key);
        if (!keys.isIndex(index)) {
            return Errno.E2BIG.negated();
        }
        return replace(index, 0) ? 0 : Errno.ENOENT.negated();
    }

    /** @return false if there was nothing */
    private boolean replace(int index, long handle) {
        EngineMap old = maps.find(sandbox.atomics().getAndSet(slot(index), handle));
        present += (handle == 0 ? 0 : 1) - (old == null ? 0 : 1);
        if (old == null) {
            return false;
        }
        old.dropOwner();
        return true;
    }

    @Override
    int userNextKey(long key, long next) {
        return keys.next(key, next);
    }

    @Override
    void free() {
        for (int index = 0; present > 0; index++) {
            replace(index, 0);
        }
        super.free();
    }
}
