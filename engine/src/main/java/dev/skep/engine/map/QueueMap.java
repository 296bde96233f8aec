package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;

/**
 * {@code BPF_MAP_TYPE_QUEUE} and {@code BPF_MAP_TYPE_STACK} (kernel/bpf/queue_stack_maps.c): values without keys, a ring of
 * which a queue takes the oldest and a stack the newest.
 */
final class QueueMap extends EngineMap {
    private final boolean newestFirst;
    private final int entries;
    private final int stride;
    private final long base;
    /** The oldest value's slot. */
    private int oldest;

    private int count;

    QueueMap(MapSpec spec, MapHome home) {
        super(spec, home);
        this.newestFirst = spec.type() == MapType.STACK;
        this.entries = spec.maxEntries();
        this.stride = ElementPool.roundUp(valueSize);
        this.base = blocks.allocate(valueSize, stride, Integer.toUnsignedLong(entries), false, "value");
    }

    private long slot(int position) {
        int index = oldest + position;
        return base + (long) (index >= entries ? index - entries : index) * stride;
    }

    @Override
    long pushEntry(long value, long flags) {
        if (flags != ANY && flags != EXIST) {
            return Errno.EINVAL.negated();
        }
        synchronized (lock) {
            if (count == entries) {
                if (flags != EXIST) {
                    return Errno.E2BIG.negated();
                }
                dropOldest();
            }
            sandbox.copy(value, slot(count), valueSize);
            count++;
            return 0;
        }
    }

    private void dropOldest() {
        oldest = oldest + 1 == entries ? 0 : oldest + 1;
        count--;
    }

    @Override
    public long peekElement(long value) {
        synchronized (lock) {
            if (count == 0) {
                sandbox.fill(value, valueSize, (byte) 0);
                return Errno.ENOENT.negated();
            }
            sandbox.copy(slot(newestFirst ? count - 1 : 0), value, valueSize);
            return 0;
        }
    }

    @Override
    long popEntry(long value) {
        synchronized (lock) {
            long result = peekElement(value);
            if (result == 0) {
                removeNext();
            }
            return result;
        }
    }

    private void removeNext() {
        if (newestFirst) {
            count--;
        } else {
            dropOldest();
        }
    }

    @Override
    long updateEntry(long key, long value, long flags, int cpu) {
        return Errno.EINVAL.negated();
    }

    @Override
    long deleteEntry(long key, int cpu) {
        return Errno.EINVAL.negated();
    }

    @Override
    int userLookup(long key, byte[] out, long flags) {
        if (count == 0) {
            return Errno.ENOENT.negated();
        }
        sandbox.read(slot(newestFirst ? count - 1 : 0), out, 0, valueSize);
        return 0;
    }

    @Override
    int userUpdate(long key, long value, long flags) {
        return (int) pushEntry(value, flags);
    }

    @Override
    int userLookupAndDelete(long key, byte[] out) {
        int result = userLookup(key, out, 0);
        if (result == 0) {
            removeNext();
        }
        return result;
    }

    @Override
    int userNextKey(long key, long next) {
        return Errno.EINVAL.negated();
    }
}
