package dev.skep.engine.helper;

import dev.skep.engine.Execution;

/** Clocks, random numbers and the CPU's number. */
final class TimeHelpers {
    private TimeHelpers() {}

    static long monotonic(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.environment().clock().monotonic();
    }

    static long boot(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.environment().clock().boot();
    }

    static long tai(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.environment().clock().tai();
    }

    static long jiffies(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.environment().clock().jiffies();
    }

    static long random(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.random() & 0xffff_ffffL;
    }

    static long cpu(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return run.cpu();
    }

    /** The engine's CPUs are all on one memory node. */
    static long numaNode(Execution run, long r1, long r2, long r3, long r4, long r5) {
        return 0;
    }
}
