package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import java.util.Optional;

/** {@code BPF_MAP_TYPE_HASH_OF_MAPS}: as {@link ArrayOfMapsMap}, with keys of any kind. */
final class HashOfMapsMap extends HashTableMap {
    private static final int HANDLE_SIZE = 8;

    private final InnerMaps inner;

    HashOfMapsMap(MapSpec spec, MapHome home) {
        super(spec, home, HANDLE_SIZE);
        this.inner = new InnerMaps(spec, maps);
    }

    @Override
    long value(int element, int cpu) {
        return sandbox.getLong(pool.value(element));
    }

    @Override
    int readForUser(int element, byte[] out, long flags) {
        return inner.readId(value(element, 0), out);
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        if (flags < 0 || flags > EXIST) {
            return Errno.EINVAL.negated();
        }
        int id = sandbox.getInt(value);
        if (maps.withId(id).isEmpty()) {
            return Errno.EBADF.negated();
        }
        Optional<EngineMap> map = inner.adopt(id);
        if (map.isEmpty()) {
            return Errno.EINVAL.negated();
        }
        int refusal = put(key, map.get().handle(), flags, userSlot);
        if (refusal != 0) {
            map.get().dropOwner();
        }
        return refusal;
    }

    @Override
    int storeOver(int old, long handle, long flags, int slot) {
        EngineMap before = maps.find(sandbox.atomics().getAndSet(pool.value(old), handle));
        if (before != null) {
            before.dropOwner();
        }
        return 0;
    }

    @Override
    void fill(int element, long handle, int slot) {
        sandbox.putLong(pool.value(element), handle);
    }

    @Override
    int userLookupAndDelete(long key, byte[] out) {
        return Errno.ENOTSUPP.negated();
    }

    @Override
    void released(int element) {
        EngineMap map = maps.find(value(element, 0));
        if (map != null) {
            map.dropOwner();
        }
    }

    @Override
    void free() {
        for (int element = index.firstFrom(0); element != NONE; element = index.after(element)) {
            released(element);
        }
        super.free();
    }
}
