package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.host.Errno;

/**
 * The {@code bpf_probe_read} family. Kernel and user memory are both the sandbox here. A source that is not live memory
 * fails with EFAULT and zeroes the destination, as in the kernel.
 */
final class ProbeReadHelpers {
    private ProbeReadHelpers() {}

    static long read(Execution run, long destination, long size, long source, long r4, long r5) {
        Sandbox memory = run.sandbox();
        long length = size & 0xffff_ffffL;
        if (length == 0) {
            return 0;
        }
        if (!LiveMemory.holds(memory, source, length, false)) {
            memory.fill(destination, length, (byte) 0);
            return Errno.EFAULT.negated();
        }
        memory.copy(source, destination, length);
        return 0;
    }

    /** @return the length with the NUL, at most {@code size}; the result always ends in NUL */
    static long readString(Execution run, long destination, long size, long source, long r4, long r5) {
        Sandbox memory = run.sandbox();
        long room = size & 0xffff_ffffL;
        if (room == 0) {
            return 0;
        }
        for (long i = 0; i < room; i++) {
            if (!LiveMemory.holds(memory, source + i, 1, false)) {
                memory.fill(destination, room, (byte) 0);
                return Errno.EFAULT.negated();
            }
            byte c = i == room - 1 ? 0 : memory.getByte(source + i);
            memory.putByte(destination + i, c);
            if (c == 0) {
                return i + 1;
            }
        }
        return room;
    }

    /** {@code bpf_probe_write_user}. */
    static long write(Execution run, long destination, long source, long size, long r4, long r5) {
        Sandbox memory = run.sandbox();
        long length = size & 0xffff_ffffL;
        if (!LiveMemory.holds(memory, destination, length, true)) {
            return Errno.EPERM.negated();
        }
        memory.copy(source, destination, length);
        return 0;
    }
}
