package dev.skep.linux.feature;

import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code RLIMIT_MEMLOCK} (getrlimit(2)), to which kernels before 5.11 charge programs and maps, and answer EPERM beyond it. Usual are
 * 64 KiB to 8 MiB, too little for a large map.
 */
public final class MemoryLockLimit {
    private static final int RLIMIT_MEMLOCK = 8; // asm-generic/resource.h
    private static final long RLIM_INFINITY = -1;

    private MemoryLockLimit() {}

    /**
     * Lifts the limit of this process on kernels that charge to it, as far as it may: altogether with CAP_SYS_RESOURCE, else to the
     * hard limit. Does nothing on others.
     */
    public static void liftIfCharged() {
        if (!KernelFeatures.has(Feature.MEMCG_ACCOUNT)) {
            lift();
        }
    }

    /** @return the limit from now on, in bytes; -1 for none */
    static long lift() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment limit = arena.allocateFrom(ValueLayout.JAVA_LONG, RLIM_INFINITY, RLIM_INFINITY); // soft, hard
            if (SystemCalls.call(SystemCall.SETRLIMIT, RLIMIT_MEMLOCK, limit.address(), 0) == 0) {
                return RLIM_INFINITY;
            }
            SystemCalls.call(SystemCall.GETRLIMIT, RLIMIT_MEMLOCK, limit.address(), 0);
            limit.setAtIndex(ValueLayout.JAVA_LONG, 0, limit.getAtIndex(ValueLayout.JAVA_LONG, 1));
            SystemCalls.call(SystemCall.SETRLIMIT, RLIMIT_MEMLOCK, limit.address(), 0);
            return limit.getAtIndex(ValueLayout.JAVA_LONG, 0);
        }
    }
}
