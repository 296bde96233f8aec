package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;

/**
 * {@code DEVMAP_HASH} and {@code SOCKHASH}: the tables of devices and sockets with keys of any kind. Values as in {@link
 * IndexedTableMap}.
 */
final class HashedTableMap extends HashTableMap {
    private final boolean devices;

    HashedTableMap(MapSpec spec, MapHome home) {
        super(spec, home, spec.valueSize());
        this.devices = spec.type() == MapType.DEVMAP_HASH;
    }

    @Override
    long value(int element, int cpu) {
        return pool.value(element);
    }

    @Override
    int readForUser(int element, byte[] out, long flags) {
        if (!devices && valueSize == 4) {
            return Errno.ENOSPC.negated();
        }
        sandbox.read(pool.value(element), out, 0, valueSize);
        return 0;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        if (flags < 0 || flags > EXIST || (devices && sandbox.getInt(value) == 0)) {
            return Errno.EINVAL.negated();
        }
        // A device hash takes BPF_EXIST for BPF_ANY.
        return put(key, value, devices && flags == EXIST ? ANY : flags, userSlot);
    }

    @Override
    int storeOver(int old, long value, long flags, int slot) {
        return REPLACE;
    }

    @Override
    void fill(int element, long value, int slot) {
        sandbox.copy(value, pool.value(element), valueSize);
    }

    @Override
    int userLookupAndDelete(long key, byte[] out) {
        return Errno.ENOTSUPP.negated();
    }
}
