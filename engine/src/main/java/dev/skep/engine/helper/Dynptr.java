package dev.skep.engine.helper;

import dev.skep.engine.memory.Sandbox;

/**
 * A {@code struct bpf_dynptr} (16 bytes on the program's stack), laid out as the kernel's {@code bpf_dynptr_kern}: u64 data, u32
 * size with type and flags in its upper bits, u32 offset.
 *
 * <p>An address of 0 marks an invalid dynptr, as after {@code bpf_ringbuf_submit_dynptr} or a failed reservation.
 */
final class Dynptr {
    /** {@code DYNPTR_MAX_SIZE}. */
    static final long MAX_SIZE = (1L << 24) - 1;

    private static final int READ_ONLY = 1 << 31;
    private static final int SIZE_MASK = (1 << 24) - 1;

    private Dynptr() {}

    static void create(Sandbox memory, long dynptr, long data, long size) {
        memory.putLong(dynptr, data);
        memory.putInt(dynptr + 8, (int) size);
        memory.putInt(dynptr + 12, 0);
    }

    static void invalidate(Sandbox memory, long dynptr) {
        create(memory, dynptr, 0, 0);
    }

    static boolean isValid(Sandbox memory, long dynptr) {
        return memory.getLong(dynptr) != 0;
    }

    static boolean isReadOnly(Sandbox memory, long dynptr) {
        return (memory.getInt(dynptr + 8) & READ_ONLY) != 0;
    }

    /** Address of the byte at the dynptr's current offset. */
    static long start(Sandbox memory, long dynptr) {
        return memory.getLong(dynptr) + (memory.getInt(dynptr + 12) & 0xffff_ffffL);
    }

    /** Address the dynptr was made with. */
    static long record(Sandbox memory, long dynptr) {
        return memory.getLong(dynptr);
    }

    /** Bytes it spans. */
    static long size(Sandbox memory, long dynptr) {
        return memory.getInt(dynptr + 8) & SIZE_MASK;
    }

    /** True if {@code length} bytes from {@code offset} are within. */
    static boolean spans(Sandbox memory, long dynptr, long offset, long length) {
        long size = size(memory, dynptr);
        return length <= size && offset <= size - length;
    }
}
