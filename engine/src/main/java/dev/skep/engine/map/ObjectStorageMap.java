package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;

/**
 * {@code SK_STORAGE}, {@code INODE_STORAGE}, {@code TASK_STORAGE} and {@code CGRP_STORAGE} (kernel/bpf/bpf_local_storage.c):
 * a value for each object of a kind. An object is a number of the user's choice: a process id, an inode number, a cgroup id,
 * a socket's cookie. The user's side gives it as the 32-bit key, where bpf(2) has a file descriptor.
 */
public final class ObjectStorageMap extends EngineMap {
    /** {@code BPF_LOCAL_STORAGE_GET_F_CREATE}: make the value if there is none. */
    public static final long CREATE = 1;

    /** The kernel has no limit; here values stay below this many objects and bytes of the sandbox. */
    private static final long MOST_OBJECTS = 65_536;

    private static final long MOST_BYTES = 256 << 20;
    private static final int OBJECT_SIZE = 8;
    private static final int NONE = ElementPool.NONE;

    private final ElementPool pool;
    private final HashIndex index;
    private final long room;
    /** The object looked for, for the index; one for each CPU and one for the user's side. */
    private final long objects;

    private int count;

    ObjectStorageMap(MapSpec spec, MapHome home) {
        super(spec, home);
        int cpus = maps.options().possibleCpus();
        this.room = Math.min(MOST_OBJECTS, MOST_BYTES / (ElementPool.roundUp(valueSize) + OBJECT_SIZE));
        this.pool = new ElementPool(home, "value", OBJECT_SIZE, valueSize, 0, room, 1, true);
        int seed = maps.options().hashSeed();
        this.index = new HashIndex(home, pool, HashIndex.bucketsFor((int) room), HashLookup.Hashing.JENKINS, seed);
        this.objects = blocks.allocate(OBJECT_SIZE, OBJECT_SIZE, cpus + 1L, false, "object");
    }

    private long stage(long object, int slot) {
        long address = objects + (long) slot * OBJECT_SIZE;
        sandbox.putLong(address, object);
        return address;
    }

    /**
     * {@code bpf_sk_storage_get} and its kin: the address of the object's value, or 0.
     *
     * @param initial address of the value to start from, 0 for zeros; used with {@link #CREATE} only
     * @param flags 0 or {@link #CREATE}
     */
    public long storageGet(long object, long initial, long flags, int cpu) {
        if ((flags & ~CREATE) != 0) {
            return 0;
        }
        long key = stage(object, cpu);
        int hash = index.hash(key);
        int element = index.find(key, hash);
        if (element != NONE) {
            return pool.value(element);
        }
        synchronized (lock) {
            element = index.find(key, hash);
            if (element == NONE && flags == CREATE) {
                element = create(key, hash, initial);
            }
            return element == NONE ? 0 : pool.value(element);
        }
    }

    /** A new value. @return {@link #NONE} if there is no room */
    private int create(long key, int hash, long initial) {
        int element = count == room ? NONE : pool.take(0);
        if (element == NONE) {
            return NONE;
        }
        pool.putKey(element, key);
        sandbox.fill(pool.value(element), valueSize, (byte) 0);
        if (initial != 0) {
            fields.copy(sandbox, initial, pool.value(element), valueSize);
        }
        index.insert(element, hash);
        count++;
        return element;
    }

    /** {@code bpf_sk_storage_delete} and its kin. @return 0, or ENOENT negated if the object has no value */
    public long storageDelete(long object, int cpu) {
        long key = stage(object, cpu);
        synchronized (lock) {
            return remove(key);
        }
    }

    /** The object is gone, and its value with it. */
    public void forget(long object) {
        synchronized (lock) {
            int ignored = remove(stage(object, maps.options().possibleCpus()));
        }
    }

    private int remove(long key) {
        int element = index.find(key, index.hash(key));
        if (element == NONE) {
            return Errno.ENOENT.negated();
        }
        index.remove(element);
        count--;
        pool.retire(element, 0);
        return 0;
    }

    private long userObject(long key) {
        return stage(Integer.toUnsignedLong(sandbox.getInt(key)), maps.options().possibleCpus());
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        long object = userObject(key);
        int element = index.find(object, index.hash(object));
        if (element == NONE) {
            return Errno.ENOENT.negated();
        }
        if ((flags & LOCK) != 0) {
            return fields.readLocked(sandbox, pool.value(element), out, valueSize);
        }
        fields.read(sandbox, pool.value(element), out, 0, valueSize);
        return 0;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        if (flags < 0 || (flags & ~LOCK) > EXIST) {
            return Errno.EINVAL.negated();
        }
        long object = userObject(key);
        int hash = index.hash(object);
        int old = index.find(object, hash);
        int refusal = HashTableMap.checkFlags(old, flags);
        if (refusal != 0) {
            return refusal;
        }
        if (old != NONE && (flags & LOCK) != 0) {
            return fields.copyLocked(sandbox, value, pool.value(old), valueSize);
        }
        if (old != NONE) {
            refusal = remove(object);
        }
        return refusal == 0 && create(object, hash, value) == NONE ? Errno.ENOMEM.negated() : refusal;
    }

    @Override
    int userDelete(long key) {
        return remove(userObject(key));
    }

    @Override
    int userNextKey(long key, long next) {
        return Errno.ENOTSUPP.negated();
    }
}
