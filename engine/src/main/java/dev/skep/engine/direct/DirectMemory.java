package dev.skep.engine.direct;

import dev.skep.engine.memory.Sandbox;
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
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle ALIGNED_INT =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle().withInvokeExactBehavior();

    private static final long MASK = Sandbox.SIZE - 1;
    private static final long ALIGNED_MASK = MASK - 3;

    /** The bytes of {@code sandbox}. */
    public static DirectMemory of(Sandbox sandbox) {
        return new DirectMemory(WholeMemory.start(sandbox));
    }

    private long at(long address) {
        return (start & WholeMemory.HIGHEST_START) + (address & MASK);
    }

    /** Where the aligned number is that has {@code address} in it: HotSpot sees that, and drops the check. */
    private long alignedAt(long address) {
        return (start & (WholeMemory.HIGHEST_START - 3)) + (address & ALIGNED_MASK);
    }

    /** The byte at {@code address}. */
    public byte getByte(long address) {
        return WholeMemory.SEGMENT.get(ValueLayout.JAVA_BYTE, at(address));
    }

    /** The 32-bit number at {@code address}, at any alignment. */
    public int getInt(long address) {
        return WholeMemory.SEGMENT.get(INT, at(address));
    }

    /** The 64-bit number at {@code address}, at any alignment. */
    public long getLong(long address) {
        return WholeMemory.SEGMENT.get(LONG, at(address));
    }

    /** Stores a byte. */
    public void putByte(long address, byte value) {
        WholeMemory.SEGMENT.set(ValueLayout.JAVA_BYTE, at(address), value);
    }

    /** Stores a 64-bit number at any alignment. */
    public void putLong(long address, long value) {
        WholeMemory.SEGMENT.set(LONG, at(address), value);
    }

    /** Loads a 32-bit number with acquire ordering. @param address its lowest two bits are taken for 0 */
    public int getIntAcquire(long address) {
        return (int) ALIGNED_INT.getAcquire(WholeMemory.SEGMENT, alignedAt(address));
    }

    /** Stores a 32-bit number with release ordering. @param address its lowest two bits are taken for 0 */
    public void putIntRelease(long address, int value) {
        ALIGNED_INT.setRelease(WholeMemory.SEGMENT, alignedAt(address), value);
    }

    /** Stores a 32-bit number, in the order all threads see, and returns the old one. @param address as for the others */
    public int getAndSetInt(long address, int value) {
        return (int) ALIGNED_INT.getAndSet(WholeMemory.SEGMENT, alignedAt(address), value);
    }

    /** Stores a 32-bit number if {@code expected} is there, in the order all threads see. @param address as for the others */
    public boolean compareAndSetInt(long address, int expected, int value) {
        return ALIGNED_INT.compareAndSet(WholeMemory.SEGMENT, alignedAt(address), expected, value);
    }
}
