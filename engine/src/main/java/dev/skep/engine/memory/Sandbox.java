package dev.skep.engine.memory;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The embedded address space: one reservation of 2^32 bytes and a page of slack, in which everything a program can point at
 * lives. A pointer <em>is</em> its offset; every access masks its address to 32 bits, so no program can reach the JVM's
 * memory, whatever it computes. Numbers are little-endian.
 *
 * <p>Address 0 and the first page are never handed out. Pages cost memory only once written to.
 *
 * <p>Allocation and release are thread-safe. Plain accesses are as racy as the program's own.
 */
public final class Sandbox implements AutoCloseable {
    /** Size of the address space a program sees. */
    public static final long SIZE = 1L << 32;

    private static final long MASK = SIZE - 1;
    private static final long SLACK = 4096;
    private static final long FIRST = 65_536;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena;
    private final MemorySegment memory;
    private final TreeMap<Long, Region> live = new TreeMap<>();
    private final TreeMap<Long, Long> free = new TreeMap<>();

    private Sandbox(Arena arena, MemorySegment memory) {
        this.arena = arena;
        this.memory = memory;
        free.put(FIRST, SIZE - FIRST);
    }

    /**
     * Reserves a fresh, zeroed address space.
     *
     * @throws HostException ENOMEM if the system grants no 4 GiB of address space
     */
    public static Sandbox open() {
        Arena arena = Arena.ofShared();
        return new Sandbox(arena, Reservation.reserve(SIZE + SLACK, arena));
    }

    /** Allocates {@code size} zeroed bytes, 8-byte aligned, as one region. */
    public long allocate(long size, boolean writable, String label) {
        return allocate(size, size, 1, writable, label);
    }

    /**
     * Allocates {@code count} zeroed elements in a row.
     *
     * @param elementSize usable bytes of an element, at least 1
     * @param stride distance between elements
     * @return the address of the first, 8-byte aligned
     * @throws HostException ENOMEM if the sandbox has no room left
     */
    public synchronized long allocate(long elementSize, long stride, long count, boolean writable, String label) {
        long size = Math.max(8, (Math.multiplyExact(stride, count) + 7) & ~7L);
        for (Map.Entry<Long, Long> hole : free.entrySet()) {
            if (hole.getValue() >= size) {
                long address = hole.getKey();
                free.remove(address);
                if (hole.getValue() > size) {
                    free.put(address + size, hole.getValue() - size);
                }
                live.put(address, new Region(address, elementSize, stride, count, writable, label));
                return address;
            }
        }
        throw new HostException(
                Errno.ENOMEM, "the engine's 4 GiB sandbox has no " + size + " bytes left for " + label);
    }

    /** Gives a region back. Its bytes read as zero when they are handed out again. */
    public synchronized void release(long address) {
        Region region = live.remove(address);
        if (region == null) {
            throw new IllegalArgumentException("no region starts at 0x" + Long.toHexString(address));
        }
        long size = Math.max(8, (region.stride() * region.count() + 7) & ~7L);
        memory.asSlice(address, size).fill((byte) 0);
        Map.Entry<Long, Long> before = free.lowerEntry(address);
        long start = address;
        if (before != null && before.getKey() + before.getValue() == address) {
            start = before.getKey();
            size += before.getValue();
        }
        Long after = free.remove(start + size);
        free.put(start, after == null ? size : size + after);
    }

    /** The live region that {@code address} lies in, element gaps included. */
    public synchronized Optional<Region> regionAt(long address) {
        return Optional.ofNullable(live.floorEntry(address & MASK))
                .map(Map.Entry::getValue)
                .filter(r -> (address & MASK) < r.address() + r.stride() * r.count());
    }

    public byte getByte(long address) {
        return memory.get(ValueLayout.JAVA_BYTE, address & MASK);
    }

    public short getShort(long address) {
        return memory.get(SHORT, address & MASK);
    }

    public int getInt(long address) {
        return memory.get(INT, address & MASK);
    }

    public long getLong(long address) {
        return memory.get(LONG, address & MASK);
    }

    public void putByte(long address, byte value) {
        memory.set(ValueLayout.JAVA_BYTE, address & MASK, value);
    }

    public void putShort(long address, short value) {
        memory.set(SHORT, address & MASK, value);
    }

    public void putInt(long address, int value) {
        memory.set(INT, address & MASK, value);
    }

    public void putLong(long address, long value) {
        memory.set(LONG, address & MASK, value);
    }

    /** Copies inside the sandbox; the ranges may overlap. */
    public void copy(long from, long to, long length) {
        MemorySegment.copy(memory, from & MASK, memory, to & MASK, length);
    }

    /** Copies out of the sandbox. */
    public void read(long from, byte[] to, int offset, int length) {
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, from & MASK, to, offset, length);
    }

    /** Copies into the sandbox. */
    public void write(byte[] from, int offset, long to, int length) {
        MemorySegment.copy(from, offset, memory, ValueLayout.JAVA_BYTE, to & MASK, length);
    }

    /** A fresh array with {@code length} bytes from {@code address}. */
    public byte[] toArray(long address, int length) {
        byte[] bytes = new byte[length];
        read(address, bytes, 0, length);
        return bytes;
    }

    /** Sets {@code length} bytes to {@code value}. */
    public void fill(long address, long length, byte value) {
        memory.asSlice(address & MASK, length).fill(value);
    }

    @Override
    public void close() {
        arena.close();
    }
}
