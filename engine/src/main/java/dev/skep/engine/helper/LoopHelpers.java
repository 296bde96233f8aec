package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.object.host.Errno;

/** {@code bpf_loop}. */
final class LoopHelpers {
    /** {@code BPF_MAX_LOOPS} of the kernel's {@code kernel/bpf/bpf_iter.c}. */
    private static final long MAX_LOOPS = 8 * 1024 * 1024;

    private LoopHelpers() {}

    /** @return how many iterations ran */
    static long loop(Execution run, long count, long function, long context, long flags, long r5) {
        if (flags != 0) {
            return Errno.EINVAL.negated();
        }
        long loops = count & 0xffff_ffffL;
        if (loops > MAX_LOOPS) {
            return Errno.E2BIG.negated();
        }
        for (long i = 0; i < loops; i++) {
            if (run.callback(function, i, context, 0, 0, 0) != 0) {
                return i + 1;
            }
        }
        return loops;
    }
}
