package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;

/**
 * The arrays whose entries may be empty: {@code DEVMAP}, {@code CPUMAP}, {@code XSKMAP}, {@code SOCKMAP}, {@code
 * REUSEPORT_SOCKARRAY} and {@code CGROUP_ARRAY}. A value is one or two 32-bit numbers: an interface index, a queue size, a
 * socket's or cgroup's number; for devices and CPUs the second is the number of a program to run there.
 */
final class IndexedTableMap extends EngineMap {
    /** {@code bpf_cpumap_val.qsize}'s limit in kernel/bpf/cpumap.c. */
    private static final int LONGEST_QUEUE = 16_384;

    /** Before each value: 1 if the entry is set. */
    private static final int SET_SIZE = 8;

    private final ArrayKeys keys;
    private final TableRules rules;
    private final int stride;
    private final long base;

    IndexedTableMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.keys = new ArrayKeys(spec.maxEntries(), home);
        this.rules = TableRules.of(spec.type());
        this.stride = ElementPool.roundUp(valueSize) + SET_SIZE;
        this.base = blocks.allocate(valueSize, stride, Integer.toUnsignedLong(spec.maxEntries()), false, "value");
    }

    private long value(int index) {
        return base + Integer.toUnsignedLong(index) * stride;
    }

    private long mark(int index) {
        return value(index) + stride - SET_SIZE;
    }

    private boolean isSet(int index) {
        return sandbox.atomics().loadAcquire(mark(index), SET_SIZE) != 0;
    }

    private void set(int index, boolean present) {
        sandbox.atomics().storeRelease(mark(index), SET_SIZE, present ? 1 : 0);
    }

    @Override
    public long lookupElement(long key, int cpu) {
        int index = sandbox.getInt(key);
        return keys.isIndex(index) && isSet(index) ? value(index) : 0;
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        boolean hasCookie = rules.userLookup() == Errno.ENOSPC.negated() && valueSize == 8;
        if (rules.userLookup() != 0 && !hasCookie) {
            return rules.userLookup();
        }
        long value = lookupElement(key, 0);
        if (value == 0) {
            return Errno.ENOENT.negated();
        }
        sandbox.read(value, out, 0, valueSize);
        return 0;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        int index = sandbox.getInt(key);
        if (flags < 0 || flags > (rules.anyOnly() ? ANY : EXIST)) {
            return Errno.EINVAL.negated();
        }
        if (!keys.isIndex(index)) {
            return Errno.E2BIG.negated();
        }
        if (!rules.zeroDeletes() && sandbox.getInt(value) < 0) {
            return Errno.EBADF.negated();
        }
        int refusal = rules.modeChecked() ? checkMode(index, flags) : arrayMode(flags);
        if (refusal == 0 && spec.type() == MapType.CPUMAP) {
            refusal = checkCpu(index, sandbox.getInt(value));
        }
        if (refusal == 0) {
            refusal = checkProgram(value);
        }
        if (refusal == 0) {
            store(index, value);
        }
        return refusal;
    }

    private int checkMode(int index, long flags) {
        if (flags == NOEXIST && isSet(index)) {
            return Errno.EEXIST.negated();
        }
        return flags == EXIST && !isSet(index) ? Errno.ENOENT.negated() : 0;
    }

    private static int arrayMode(long flags) {
        return flags == NOEXIST ? Errno.EEXIST.negated() : 0;
    }

    private int checkCpu(int cpu, int queueSize) {
        if (Integer.compareUnsigned(queueSize, LONGEST_QUEUE) > 0) {
            return Errno.EOVERFLOW.negated();
        }
        return cpu < maps.options().possibleCpus() ? 0 : Errno.ENODEV.negated();
    }

    /** A device or CPU may have a program, but an emptied entry may not. */
    private int checkProgram(long value) {
        if (!rules.zeroDeletes() || valueSize < 8) {
            return 0;
        }
        int program = sandbox.getInt(value + 4);
        if (program <= 0) {
            return 0;
        }
        if (sandbox.getInt(value) == 0) {
            return Errno.EINVAL.negated();
        }
        return maps.programWithId(program).isPresent() ? 0 : Errno.EBADF.negated();
    }

    private void store(int index, long value) {
        if (rules.zeroDeletes() && sandbox.getInt(value) == 0) {
            set(index, false);
            return;
        }
        sandbox.copy(value, value(index), valueSize);
        if (rules.zeroDeletes() && valueSize == 8 && sandbox.getInt(value + 4) < 0) {
            sandbox.putInt(value(index) + 4, 0);
        }
        set(index, true);
    }

    @Override
    int userDelete(long key) {
        int index = sandbox.getInt(key);
        if (!keys.isIndex(index)) {
            return rules.deleteBeyond();
        }
        if (!isSet(index)) {
            return rules.deleteEmpty();
        }
        set(index, false);
        return 0;
    }

    @Override
    int userNextKey(long key, long next) {
        return keys.next(key, next);
    }
}
