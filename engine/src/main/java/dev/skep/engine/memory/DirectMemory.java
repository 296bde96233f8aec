package dev.skep.engine.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A sandbox's bytes for the hottest paths: what {@link Sandbox} does for single accesses, without its checks of bounds and life.
 * To be used only while the sandbox is certainly open, as during a program's run.
 *
 * <p>HotSpot takes the fields of a record for constants: where this record is one, an access is a single machine instruction.
 *
 * @param start the machine's address of the sandbox's address 0
 */
public record DirectMemory(long start) {
    /** All memory. Only addresses inside a sandbox are ever used with it. */
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle ALIGNED_INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();

    /** More than user space has on any machine HotSpot runs on; tells HotSpot that no access leaves all memory. */
    private static final long HIGHEST_START = (1L << 56) - 1;

    private static final long MASK = Sandbox.SIZE - 1;

    private long at(long address) {
        return (start & HIGHEST_START) + (address & MASK);
    }

    /** The byte at {@code address}. */
    public byte getByte(long address) {
        return EVERYTHING.get(ValueLayout.JAVA_BYTE, at(address));
    }

    /** The 32-bit number at {@code address}, at any alignment. */
    public int getInt(long address) {
        return EVERYTHING.get(INT, at(address));
    }

    /** The 64-bit number at {@code address}, at any alignment. */
    public long getLong(long address) {
        return EVERYTHING.get(LONG, at(address));
    }

    /** Stores a byte. */
    public void putByte(long address, byte value) {
        EVERYTHING.set(ValueLayout.JAVA_BYTE, at(address), value);
    }

    /** Loads a 32-bit number with acquire ordering; the address is a multiple of 4. */
    public int getIntAcquire(long address) {
        return (int) ALIGNED_INT.getAcquire(EVERYTHING, at(address));
    }
}
