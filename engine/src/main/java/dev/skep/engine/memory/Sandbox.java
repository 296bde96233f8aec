package dev.skep.engine.memory;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The embedded address space: 2^32 bytes between two guards, in which everything a program can point at lives. A pointer
 * <em>is</em> its offset. Every access here masks its address to 32 bits; translated code masks each register an address is made of,
 * and what their sum can exceed is guard. So no program can reach the JVM's memory, whatever it computes. Numbers are
 * little-endian.
 *
 * <p>Addresses below {@link #FIRST} are never handed out, nor are those from {@link #LIMIT} on (they serve as handles). Pages
 * cost memory only once written to. Live regions are some bytes apart, so that running off the end of one is noticed in
 * checked mode.
 *
 * <p>Allocation and release are thread-safe. Plain accesses are as racy as the program's own. Bulk operations throw
 * {@link IndexOutOfBoundsException} if a length is negative or leads out of the address space; single accesses never do.
 */
public final class Sandbox implements AutoCloseable {
    /** Size of the address space a program sees. */
    public static final long SIZE = 1L << 32;
    /** The lowest address that is ever handed out. */
    public static final long FIRST = 65_536;
    /** The first address that is never handed out: from here on, numbers are handles of maps. */
    public static final long LIMIT = 0xf000_0000L;

    private static final long MASK = SIZE - 1;
    /**
     * Bytes of the reservation before address 0: as far as an instruction's 16-bit offset reaches. Behind the last address there
     * are as many and another {@link #SIZE}: translated code masks registers, not their sums. Guards are memory in which nothing
     * lives, and not forbidden to touch, since the JVM would not survive a fault: a program that was not verified may keep numbers
     * there, which reach no other program's data.
     */
    public static final long GUARD = 65_536;

    /** Bytes behind the last address that an access which starts below may reach. */
    private static final long SLACK = 4096;
    /** Unused bytes behind each region. */
    private static final long GAP = 64;
    /** Blocks of at least this size are given back to the system rather than overwritten with zeros. */
    private static final long LARGE = 4 * Reservation.PAGE;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena;
    private final MemorySegment memory;
    private final Holes holes = new Holes(FIRST, LIMIT);
    /** Sizes of allocated blocks, gap included, by address. */
    private final Map<Long, Long> blocks = new HashMap<>();

    private final Regions regions = new Regions();
    private final Atomics atomics;

    private Sandbox(Arena arena, MemorySegment memory) {
        this.arena = arena;
        this.memory = memory;
        this.atomics = new Atomics(memory);
    }

    /**
     * Reserves a fresh, zeroed address space.
     *
     * @throws HostException ENOMEM if the system grants no 4 GiB of address space
     */
    public static Sandbox open() {
        Arena arena = Arena.ofShared();
        MemorySegment reservation = Reservation.reserve(GUARD + SIZE + SIZE + GUARD, arena);
        return new Sandbox(arena, reservation.asSlice(GUARD, SIZE + SLACK));
    }

    /** Allocates {@code size} zeroed bytes, 8-byte aligned, as one region. {@link HostException} ENOMEM if there is no room. */
    public long allocate(long size, boolean writable, String label) {
        return allocate(size, Math.max(1, size), 1, writable, label);
    }

    /**
     * Allocates {@code count} zeroed elements in a row.
     *
     * @param elementSize usable bytes of an element, at least 0
     * @param stride distance between elements, at least {@code elementSize}
     * @return the address of the first, 8-byte aligned
     * @throws HostException ENOMEM if the sandbox has no room left
     */
    public long allocate(long elementSize, long stride, long count, boolean writable, String label) {
        if (elementSize < 0 || stride < Math.max(1, elementSize) || count < 1) {
            throw new IllegalArgumentException(
                    "a region of " + count + " elements of " + elementSize + " bytes, " + stride + " apart");
        }
        if (Math.multiplyHigh(stride, count) != 0 || stride * count < 0) {
            throw noRoom(count + " times " + stride, label);
        }
        long address = allocateBlock(stride * count, 8, label);
        regions.add(new Region(address, elementSize, stride, count, writable, label));
        return address;
    }

    /**
     * Allocates {@code size} zeroed bytes as one region.
     *
     * @param alignment of the address, a power of two
     * @throws HostException ENOMEM if the sandbox has no room left
     */
    public long allocateAligned(long size, long alignment, boolean writable, String label) {
        if (Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("alignment " + alignment + " is no power of two");
        }
        long address = allocateBlock(size, Math.max(8, alignment), label);
        regions.add(Region.of(address, size, writable, label));
        return address;
    }

    private synchronized long allocateBlock(long size, long alignment, String label) {
        if (!arena.scope().isAlive()) {
            throw new IllegalStateException("the engine is closed: no memory for " + label);
        }
        if (size > SIZE) {
            throw noRoom(Long.toString(size), label);
        }
        long block = (size + GAP + 7) & ~7L;
        long address = holes.take(block, alignment).orElseThrow(() -> noRoom(Long.toString(size), label));
        blocks.put(address, block);
        return address;
    }

    private static HostException noRoom(String size, String label) {
        return new HostException(
                Errno.ENOMEM, "the engine's 4 GiB sandbox has no " + size + " bytes left for " + label);
    }

    /** Gives an allocation back. Its bytes read as zero when they are handed out again. */
    public synchronized void release(long address) {
        Long block = blocks.remove(address);
        if (block == null) {
            throw new IllegalArgumentException("nothing was allocated at 0x" + Long.toHexString(address));
        }
        regions.removeFrom(address, address + block);
        clear(address, block);
        holes.give(address, block);
    }

    private void clear(long address, long size) {
        if (size < LARGE) {
            memory.asSlice(address, size).fill((byte) 0);
            return;
        }
        // Whole pages of the system's addresses, which need not lie at whole pages of ours.
        long base = memory.address();
        long from = ((base + address + Reservation.PAGE - 1) & -Reservation.PAGE) - base;
        long to = ((base + address + size) & -Reservation.PAGE) - base;
        memory.asSlice(address, from - address).fill((byte) 0);
        Reservation.discard(memory.asSlice(from, to - from));
        memory.asSlice(to, address + size - to).fill((byte) 0);
    }

    /**
     * Lets programs in checked mode touch {@code region}, a part of an allocation that overlaps no other live region. For
     * allocations whose valid part moves (packets) or whose parts differ (contexts).
     */
    public void expose(Region region) {
        regions.add(region);
    }

    /** Ends the life of the region that starts at {@code address}, if there is one; its allocation stays. */
    public void hide(long address) {
        regions.remove(address);
    }

    /** The live region that {@code address} lies in, element gaps included. */
    public Optional<Region> regionAt(long address) {
        return regions.at(address & MASK);
    }

    Regions regions() {
        return regions;
    }

    /** The machine's address of the reservation's first byte, {@link #GUARD} bytes before address 0. */
    public long reservation() {
        return memory.address() - GUARD;
    }

    /** Number of separate free parts, for tests. */
    synchronized int holeCount() {
        return holes.count();
    }

    /** The byte at {@code address}. */
    public byte getByte(long address) {
        return memory.get(ValueLayout.JAVA_BYTE, address & MASK);
    }

    /** The 16-bit number at {@code address}, at any alignment. */
    public short getShort(long address) {
        return memory.get(SHORT, address & MASK);
    }

    /** The 32-bit number at {@code address}, at any alignment. */
    public int getInt(long address) {
        return memory.get(INT, address & MASK);
    }

    /** The 64-bit number at {@code address}, at any alignment. */
    public long getLong(long address) {
        return memory.get(LONG, address & MASK);
    }

    /** Stores a byte. */
    public void putByte(long address, byte value) {
        memory.set(ValueLayout.JAVA_BYTE, address & MASK, value);
    }

    /** Stores a 16-bit number at any alignment. */
    public void putShort(long address, short value) {
        memory.set(SHORT, address & MASK, value);
    }

    /** Stores a 32-bit number at any alignment. */
    public void putInt(long address, int value) {
        memory.set(INT, address & MASK, value);
    }

    /** Stores a 64-bit number at any alignment. */
    public void putLong(long address, long value) {
        memory.set(LONG, address & MASK, value);
    }

    /** Atomic access to the same memory. */
    public Atomics atomics() {
        return atomics;
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

    /** The bytes at an address, in place: little-endian, read-only, valid while the sandbox is open. */
    public ByteBuffer view(long address, int length) {
        return memory.asSlice(address & MASK, length)
                .asByteBuffer()
                .asReadOnlyBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Sets {@code length} bytes to {@code value}. */
    public void fill(long address, long length, byte value) {
        memory.asSlice(address & MASK, length).fill(value);
    }

    /** Gives the address space back. Any later access throws {@link IllegalStateException}. */
    @Override
    public void close() {
        arena.close();
    }
}
