package dev.skep.engine.direct;

import dev.skep.engine.memory.Sandbox;
import java.lang.foreign.MemorySegment;

/** The process's memory as one segment. Only addresses inside a sandbox's reservation are ever used with it. */
public final class WholeMemory {
    /** All of it: an offset is the machine's address. */
    public static final MemorySegment SEGMENT = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /**
     * More than user space has on any machine HotSpot runs on. A sandbox's start is masked with this before something is added, which
     * tells HotSpot that no access leaves {@link #SEGMENT}, so that it drops the check.
     */
    public static final long HIGHEST_START = (1L << 56) - 1;

    private WholeMemory() {}

    /** The machine's address of a sandbox's address 0. */
    static long start(Sandbox sandbox) {
        return sandbox.reservation() + Sandbox.GUARD;
    }
}
