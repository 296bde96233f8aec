package dev.skep.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Atomic access to the sandbox, as other logical CPUs and Java threads see it. All but {@link #loadAcquire} and
 * {@link #storeRelease} are sequentially consistent, which is at least what the kernel's memory model asks of BPF atomics.
 *
 * <p>32-bit operations need an address that is a multiple of 4, 64-bit ones of 8; otherwise they throw
 * {@link IllegalArgumentException}. Addresses are masked to 32 bits.
 */
public final class Atomics {
    private static final VarHandle INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();
    private static final VarHandle LONG =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();
    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT
            .withOrder(ByteOrder.LITTLE_ENDIAN)
            .varHandle()
            .withInvokeExactBehavior();
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle().withInvokeExactBehavior();
    private static final long MASK = Sandbox.SIZE - 1;

    private final MemorySegment memory;

    Atomics(MemorySegment memory) {
        this.memory = memory;
    }

    /** Adds, returns the old value. */
    public int getAndAdd(long address, int delta) {
        return (int) INT.getAndAdd(memory, address & MASK, delta);
    }

    /** Adds, returns the old value. */
    public long getAndAdd(long address, long delta) {
        return (long) LONG.getAndAdd(memory, address & MASK, delta);
    }

    /** Ors, returns the old value. */
    public int getAndOr(long address, int bits) {
        return (int) INT.getAndBitwiseOr(memory, address & MASK, bits);
    }

    /** Ors, returns the old value. */
    public long getAndOr(long address, long bits) {
        return (long) LONG.getAndBitwiseOr(memory, address & MASK, bits);
    }

    /** Ands, returns the old value. */
    public int getAndAnd(long address, int bits) {
        return (int) INT.getAndBitwiseAnd(memory, address & MASK, bits);
    }

    /** Ands, returns the old value. */
    public long getAndAnd(long address, long bits) {
        return (long) LONG.getAndBitwiseAnd(memory, address & MASK, bits);
    }

    /** Exclusive-ors, returns the old value. */
    public int getAndXor(long address, int bits) {
        return (int) INT.getAndBitwiseXor(memory, address & MASK, bits);
    }

    /** Exclusive-ors, returns the old value. */
    public long getAndXor(long address, long bits) {
        return (long) LONG.getAndBitwiseXor(memory, address & MASK, bits);
    }

    /** Stores, returns the old value. */
    public int getAndSet(long address, int value) {
        return (int) INT.getAndSet(memory, address & MASK, value);
    }

    /** Stores, returns the old value. */
    public long getAndSet(long address, long value) {
        return (long) LONG.getAndSet(memory, address & MASK, value);
    }

    /** Stores {@code value} if {@code expected} is there; returns what was there. */
    public int compareAndExchange(long address, int expected, int value) {
        return (int) INT.compareAndExchange(memory, address & MASK, expected, value);
    }

    /** Stores {@code value} if {@code expected} is there; returns what was there. */
    public long compareAndExchange(long address, long expected, long value) {
        return (long) LONG.compareAndExchange(memory, address & MASK, expected, value);
    }

    /**
     * Loads with acquire ordering and zero-extends.
     *
     * @param size 1, 2, 4 or 8 bytes; the address is a multiple of it
     */
    public long loadAcquire(long address, int size) {
        long at = address & MASK;
        return switch (size) {
            case 1 -> (byte) BYTE.getAcquire(memory, at) & 0xffL;
            case 2 -> (short) SHORT.getAcquire(memory, at) & 0xffffL;
            case 4 -> (int) INT.getAcquire(memory, at) & 0xffff_ffffL;
            case 8 -> (long) LONG.getAcquire(memory, at);
            default -> throw new IllegalArgumentException("size " + size);
        };
    }

    /** Stores the low {@code size} bytes of {@code value} with release ordering. @param size as for {@link #loadAcquire} */
    public void storeRelease(long address, int size, long value) {
        long at = address & MASK;
        switch (size) {
            case 1 -> BYTE.setRelease(memory, at, (byte) value);
            case 2 -> SHORT.setRelease(memory, at, (short) value);
            case 4 -> INT.setRelease(memory, at, (int) value);
            case 8 -> LONG.setRelease(memory, at, value);
            default -> throw new IllegalArgumentException("size " + size);
        }
    }
}
