package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/** {@link RecordSender} of a {@link RingBufferMap}. @param map told of what is lost and whom to wake up */
record RingBufferSender(RingProducer ring, RingBufferMap map, Sandbox sandbox) implements RecordSender {
    @Override
    public long reserve(long size, long flags) {
        if (flags != 0) {
            return 0;
        }
        long record = ring.reserve(size);
        if (record == 0) {
            map.countLost();
        }
        return record;
    }

    @Override
    public void submit(long record, long flags) {
        finish(record, flags, false);
    }

    @Override
    public void discard(long record, long flags) {
        finish(record, flags, true);
    }

    private void finish(long record, long flags, boolean discard) {
        if (flags == RingBufferMap.NO_WAKEUP) {
            ring.commitQuietly(record, discard);
            return;
        }
        boolean awaited = ring.commit(record, discard);
        if ((flags & RingBufferMap.FORCE_WAKEUP) != 0 || (awaited && (flags & RingBufferMap.NO_WAKEUP) == 0)) {
            map.wakeUp();
        }
    }

    @Override
    public long output(long data, long size, long flags) {
        if ((flags & ~(RingBufferMap.NO_WAKEUP | RingBufferMap.FORCE_WAKEUP)) != 0) {
            return Errno.EINVAL.negated();
        }
        long record = reserve(size, 0);
        if (record == 0) {
            return Errno.EAGAIN.negated();
        }
        sandbox.copy(data, record, size);
        submit(record, flags);
        return 0;
    }
}
