package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;

/**
 * {@code CGROUP_STORAGE} and {@code PERCPU_CGROUP_STORAGE} (kernel/bpf/local_storage.c): a value for each cgroup a program is
 * attached to, and for each attach type if the key is a {@code struct bpf_cgroup_storage_key}. Values come with the
 * attachment and are only changed by the user's side.
 */
public final class CgroupStorageMap extends EngineMap {
    /** {@code struct bpf_cgroup_storage_key}; a key of 8 bytes is the cgroup's id alone. */
    private static final int ATTACH_TYPE = 8;

    private static final int MOST_ATTACHMENTS = 4096;
    private static final int NONE = -1;

    private final PerCpuValues values;
    private final boolean perCpu;
    private final long[] cgroups = new long[MOST_ATTACHMENTS];
    private final int[] attachTypes = new int[MOST_ATTACHMENTS];
    private volatile int count;

    CgroupStorageMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.perCpu = spec.type() == MapType.PERCPU_CGROUP_STORAGE;
        this.values = new PerCpuValues(home, valueSize, MOST_ATTACHMENTS, programMayWrite());
    }

    /**
     * {@code bpf_get_local_storage}: the address of the value of the cgroup a program runs for, made if it is not there;
     * 0 only if there are 4096 others.
     *
     * @param attachType the number in {@code enum bpf_attach_type}
     */
    public long localStorage(long cgroup, int attachType, int cpu) {
        int entry = find(cgroup, attachType);
        if (entry == NONE) {
            entry = attach(cgroup, attachType);
        }
        return entry == NONE ? 0 : values.address(entry, perCpu ? cpu : 0);
    }

    private int attach(long cgroup, int attachType) {
        synchronized (lock) {
            int entry = find(cgroup, attachType);
            if (entry != NONE || count == MOST_ATTACHMENTS) {
                return entry;
            }
            cgroups[count] = cgroup;
            attachTypes[count] = attachType;
            count++;
            return count - 1;
        }
    }

    private int find(long cgroup, int attachType) {
        int end = count;
        for (int entry = 0; entry < end; entry++) {
            if (cgroups[entry] == cgroup && (keySize == ATTACH_TYPE || attachTypes[entry] == attachType)) {
                return entry;
            }
        }
        return NONE;
    }

    private int findKey(long key) {
        return find(sandbox.getLong(key), keySize == ATTACH_TYPE ? 0 : sandbox.getInt(key + ATTACH_TYPE));
    }

    @Override
    int userValueSize() {
        return perCpu ? values.userSize() : valueSize;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        int entry = findKey(key);
        if (entry == NONE) {
            return Errno.ENOENT.negated();
        }
        if (perCpu) {
            values.read(entry, fields, out);
        } else if ((flags & LOCK) != 0) {
            return fields.readLocked(sandbox, values.address(entry, 0), out, valueSize);
        } else {
            fields.read(sandbox, values.address(entry, 0), out, 0, valueSize);
        }
        return 0;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        if ((flags & ~(perCpu ? EXIST : EXIST | LOCK)) != 0) {
            return Errno.EINVAL.negated();
        }
        int entry = findKey(key);
        if (entry == NONE) {
            return Errno.ENOENT.negated();
        }
        if (perCpu) {
            values.writeAll(entry, fields, value);
        } else if ((flags & LOCK) != 0) {
            return fields.copyLocked(sandbox, value, values.address(entry, 0), valueSize);
        } else {
            fields.copy(sandbox, value, values.address(entry, 0), valueSize);
        }
        return 0;
    }

    @Override
    long deleteEntry(long key, int cpu) {
        return Errno.EINVAL.negated();
    }

    /** The newest attachment first; a key that is not there has no next. */
    @Override
    int userNextKey(long key, long next) {
        int entry = key == 0 ? count : findKey(key);
        if (entry <= 0) {
            return Errno.ENOENT.negated();
        }
        sandbox.putLong(next, cgroups[entry - 1]);
        if (keySize > ATTACH_TYPE) {
            sandbox.putLong(next + ATTACH_TYPE, attachTypes[entry - 1]);
        }
        return 0;
    }
}
