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
        EngineMap map = maps.find(value(element, 0));
        if (map == null) {
            return Errno.ENOENT.negated();
        }
        Numbers.putInt(out, map.id());
        return 0;
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
        int hash = index.hash(key);
        int old = index.find(key, hash);
        int refusal = checkFlags(old, flags);
        if (refusal != 0) {
            return refusal;
        }
        return store(key, hash, old, id);
    }

    private int store(long key, int hash, int old, int id) {
        Optional<EngineMap> map = inner.adopt(id);
        if (map.isEmpty()) {
            return Errno.EINVAL.negated();
        }
        int element = allocate(key, old, 0);
        if (element == NONE) {
            map.get().dropOwner();
            return Errno.E2BIG.negated();
        }
        sandbox.putLong(pool.value(element), map.get().handle());
        link(element, hash, old, 0);
        return 0;
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
