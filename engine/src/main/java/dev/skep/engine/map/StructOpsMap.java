package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;

/**
 * {@code BPF_MAP_TYPE_STRUCT_OPS} (kernel/bpf/bpf_struct_ops.c) as a table: one value, set once, then in use until it is
 * deleted. There is no kernel subsystem that would call its functions.
 */
final class StructOpsMap extends EngineMap {
    private final long value;
    private boolean inUse;

    StructOpsMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.value = blocks.allocate(valueSize, false, "value");
    }

    private boolean isLinked() {
        return (spec.flags() & MapFlags.LINK) != 0;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        if (sandbox.getInt(key) != 0) {
            return Errno.ENOENT.negated();
        }
        if (inUse) {
            sandbox.read(value, out, 0, valueSize);
        }
        return 0;
    }

    @Override
    int userUpdate(long key, long from, long flags) {
        if (flags != ANY) {
            return Errno.EINVAL.negated();
        }
        if (sandbox.getInt(key) != 0) {
            return Errno.E2BIG.negated();
        }
        if (inUse) {
            return Errno.EBUSY.negated();
        }
        sandbox.copy(from, value, valueSize);
        inUse = true;
        return 0;
    }

    @Override
    int userDelete(long key) {
        if (isLinked()) {
            return Errno.EOPNOTSUPP.negated();
        }
        if (!inUse) {
            return Errno.ENOENT.negated();
        }
        inUse = false;
        return 0;
    }

    @Override
    int userNextKey(long key, long next) {
        if (key != 0 && sandbox.getInt(key) == 0) {
            return Errno.ENOENT.negated();
        }
        sandbox.putInt(next, 0);
        return 0;
    }
}
