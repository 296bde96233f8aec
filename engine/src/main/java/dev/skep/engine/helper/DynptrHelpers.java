package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/** Helpers on dynptrs over local memory and ring buffer records. */
final class DynptrHelpers {
    private DynptrHelpers() {}

    static long fromMemory(Execution run, long data, long size, long flags, long dynptr, long r5) {
        Sandbox memory = run.sandbox();
        long length = size & 0xffff_ffffL;
        if (flags != 0 || length > Dynptr.MAX_SIZE) {
            Dynptr.invalidate(memory, dynptr);
            return (flags != 0 ? Errno.EINVAL : Errno.E2BIG).negated();
        }
        Dynptr.create(memory, dynptr, data, length);
        return 0;
    }

    static long read(Execution run, long destination, long length, long dynptr, long offset, long flags) {
        Sandbox memory = run.sandbox();
        long bytes = length & 0xffff_ffffL;
        long from = offset & 0xffff_ffffL;
        if (!Dynptr.isValid(memory, dynptr) || flags != 0) {
            return Errno.EINVAL.negated();
        }
        if (!Dynptr.spans(memory, dynptr, from, bytes)) {
            return Errno.E2BIG.negated();
        }
        memory.copy(Dynptr.start(memory, dynptr) + from, destination, bytes);
        return 0;
    }

    static long write(Execution run, long dynptr, long offset, long source, long length, long flags) {
        Sandbox memory = run.sandbox();
        long bytes = length & 0xffff_ffffL;
        long to = offset & 0xffff_ffffL;
        if (!Dynptr.isValid(memory, dynptr) || Dynptr.isReadOnly(memory, dynptr) || flags != 0) {
            return Errno.EINVAL.negated();
        }
        if (!Dynptr.spans(memory, dynptr, to, bytes)) {
            return Errno.E2BIG.negated();
        }
        memory.copy(source, Dynptr.start(memory, dynptr) + to, bytes);
        return 0;
    }

    static long data(Execution run, long dynptr, long offset, long length, long r4, long r5) {
        Sandbox memory = run.sandbox();
        long from = offset & 0xffff_ffffL;
        if (!Dynptr.isValid(memory, dynptr)
                || Dynptr.isReadOnly(memory, dynptr)
                || !Dynptr.spans(memory, dynptr, from, length & 0xffff_ffffL)) {
            return 0;
        }
        return Dynptr.start(memory, dynptr) + from;
    }
}
