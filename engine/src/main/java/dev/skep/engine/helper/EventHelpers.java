package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.PerfEventArrayMap;
import dev.skep.engine.map.RecordSender;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.engine.map.UserRingBufferMap;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/** Helpers that send records to user space, or take them from there. */
final class EventHelpers {
    /** {@code BPF_F_CTXLEN_MASK}: how much of the packet to append, in bits 32 to 51 of the flags. */
    private static final long PACKET_LENGTH = 0xfffffL << 32;

    private EventHelpers() {}

    static long ringBufferOutput(Execution run, long map, long data, long size, long flags, long r5) {
        return ringBuffer(run, map).sender().output(data, size, flags);
    }

    static long ringBufferReserve(Execution run, long map, long size, long flags, long r4, long r5) {
        return ringBuffer(run, map).sender().reserve(size, flags);
    }

    static long ringBufferSubmit(Execution run, long record, long flags, long r3, long r4, long r5) {
        run.ringBuffer(record).sender().submit(record, flags);
        return 0;
    }

    static long ringBufferDiscard(Execution run, long record, long flags, long r3, long r4, long r5) {
        run.ringBuffer(record).sender().discard(record, flags);
        return 0;
    }

    static long ringBufferQuery(Execution run, long map, long what, long r3, long r4, long r5) {
        return ringBuffer(run, map).query(what);
    }

    /** Always leaves a dynptr that has to be submitted or discarded, an invalid one on failure. */
    static long ringBufferReserveDynptr(Execution run, long map, long size, long flags, long dynptr, long r5) {
        Sandbox memory = run.sandbox();
        long length = size & 0xffff_ffffL;
        if (flags != 0 || length > Dynptr.MAX_SIZE) {
            Dynptr.invalidate(memory, dynptr);
            return (flags != 0 ? Errno.EINVAL : Errno.E2BIG).negated();
        }
        long record = ringBuffer(run, map).sender().reserve(length, 0);
        if (record == 0) {
            Dynptr.invalidate(memory, dynptr);
            return Errno.EINVAL.negated();
        }
        Dynptr.create(memory, dynptr, record, length);
        return 0;
    }

    static long ringBufferSubmitDynptr(Execution run, long dynptr, long flags, long r3, long r4, long r5) {
        return finish(run, dynptr, flags, false);
    }

    static long ringBufferDiscardDynptr(Execution run, long dynptr, long flags, long r3, long r4, long r5) {
        return finish(run, dynptr, flags, true);
    }

    private static long finish(Execution run, long dynptr, long flags, boolean discard) {
        Sandbox memory = run.sandbox();
        if (Dynptr.isValid(memory, dynptr)) {
            long record = Dynptr.record(memory, dynptr);
            RecordSender sender = run.ringBuffer(record).sender();
            if (discard) {
                sender.discard(record, flags);
            } else {
                sender.submit(record, flags);
            }
            Dynptr.invalidate(memory, dynptr);
        }
        return 0;
    }

    /** The callback gets a dynptr over the sample, and the context. */
    static long userRingBufferDrain(Execution run, long map, long function, long context, long flags, long r5) {
        if (!(run.map(map) instanceof UserRingBufferMap ring)) {
            throw wrongMap(run, map, "user ring buffer");
        }
        long dynptr = ring.sampleDynptr();
        return ring.drain(
                (sample, size) -> {
                    Dynptr.create(run.sandbox(), dynptr, sample, size);
                    return run.callback(function, dynptr, context, 0, 0, 0);
                },
                flags);
    }

    static long perfEventOutput(Execution run, long context, long map, long flags, long data, long size) {
        if (!(run.map(map) instanceof PerfEventArrayMap array)) {
            throw wrongMap(run, map, "perf event array");
        }
        long packetBytes = (flags & PACKET_LENGTH) >>> 32;
        if (packetBytes == 0) {
            return array.output(flags, data, size, 0, 0, run.cpu());
        }
        if (!run.hasPacket()) {
            return Errno.EINVAL.negated();
        }
        if (packetBytes > run.packet().length()) {
            return Errno.EFAULT.negated();
        }
        return array.output(flags & ~PACKET_LENGTH, data, size, run.packet().data(), packetBytes, run.cpu());
    }

    private static RingBufferMap ringBuffer(Execution run, long map) {
        if (run.map(map) instanceof RingBufferMap ring) {
            return ring;
        }
        throw wrongMap(run, map, "ring buffer");
    }

    private static RuntimeException wrongMap(Execution run, long map, String wanted) {
        EngineMap found = run.map(map);
        return run.trap(found + " was given where a " + wanted + " is needed");
    }
}
