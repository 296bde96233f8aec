package dev.skep.linux.event;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.MappedMemory;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writing end of a user ring buffer ({@code BPF_MAP_TYPE_USER_RINGBUF}, Linux 6.1), which programs read with
 * {@code bpf_user_ringbuf_drain}.
 *
 * <pre>{@code
 * try (UserRingBuffer commands = UserRingBuffer.open(map)) {
 *     long at = commands.reserve(16);
 *     if (at != UserRingBuffer.FULL) {
 *         commands.memory().set(ValueLayout.JAVA_LONG, at, 42);
 *         commands.submit(at);
 *     }
 * }
 * }</pre>
 *
 * <p>Programs get records in the order of reservation; one that is reserved and not yet submitted holds up those behind it.
 * {@link #await} waits until the ring is not full to its last byte, which may still be too little for a record. Thread-safe; nothing
 * is allocated.
 */
public final class UserRingBuffer extends EventSource {
    /** What {@link #reserve} returns if there is no room now. */
    public static final long FULL = -1;

    private final String name;
    private final RingMemory memory;
    private final MemorySegment consumer;
    private final MemorySegment producer;
    private final MemorySegment ring;
    private final long size;
    private final ReentrantLock reserving = new ReentrantLock();

    private UserRingBuffer(String name, RingMemory memory) {
        this.name = name;
        this.memory = memory;
        this.size = memory.size();
        this.consumer = memory.consumer();
        this.producer = memory.producer();
        this.ring = memory.data();
    }

    /**
     * Opens the writing end of a map; it works on when the map is closed.
     *
     * @throws HostException EINVAL if the map is no user ring buffer, ENOMEM or EMFILE if the system is short of memory or descriptors
     */
    public static UserRingBuffer open(LinuxMap map) {
        if (map.spec().type() != MapType.USER_RINGBUF) {
            throw new HostException(Errno.EINVAL, map + " is no user ring buffer (BPF_MAP_TYPE_USER_RINGBUF)");
        }
        String name = map.spec().name();
        RingMemory memory = RingMemory.map(
                map,
                "the user ring buffer " + name,
                MappedMemory.PROT_READ,
                MappedMemory.PROT_READ | MappedMemory.PROT_WRITE);
        return new UserRingBuffer(name, memory);
    }

    /** The ring's memory, always the same segment: the data twice in a row. */
    public MemorySegment memory() {
        return ring;
    }

    /**
     * Reserves room for a record, to be filled in {@link #memory()} and then {@linkplain #submit submitted} or
     * {@linkplain #discard discarded}.
     *
     * @return its offset in {@link #memory()}, a multiple of 8, or {@link #FULL} if programs have to read first
     * @throws HostException E2BIG if the ring could not hold it even when empty
     */
    public long reserve(int length) {
        long space = RingLayout.spaceOf(length);
        if (length < 0 || space > size) {
            throw new HostException(
                    Errno.E2BIG, this + " has " + size + " bytes, so it cannot hold a record of " + length);
        }
        reserving.lock();
        try {
            long produced = RingLayout.acquire(producer);
            if (size - (produced - RingLayout.acquire(consumer)) < space) {
                return FULL;
            }
            long start = produced & (size - 1);
            ring.set(ValueLayout.JAVA_INT, start, length | RingLayout.BUSY);
            ring.set(ValueLayout.JAVA_INT, start + Integer.BYTES, 0);
            RingLayout.release(producer, produced + space);
            return start + RingLayout.HEADER_SIZE;
        } finally {
            reserving.unlock();
        }
    }

    /** Hands a reserved record to the programs, which see all that was written to it. @param offset what {@link #reserve} returned */
    public void submit(long offset) {
        finish(offset, 0);
    }

    /** Gives up a reserved record; programs pass it over. @param offset what {@link #reserve} returned */
    public void discard(long offset) {
        finish(offset, RingLayout.DISCARDED);
    }

    private void finish(long offset, int flag) {
        long start = offset - RingLayout.HEADER_SIZE;
        int header = (int) RingLayout.HEADER.getAcquire(ring, start);
        RingLayout.HEADER.setVolatile(ring, start, (header & ~RingLayout.BUSY) | flag);
    }

    /** Sends a copy of {@code record}. @return false if programs have to read first */
    public boolean send(byte[] record) {
        long offset = reserve(record.length);
        if (offset == FULL) {
            return false;
        }
        MemorySegment.copy(record, 0, ring, ValueLayout.JAVA_BYTE, offset, record.length);
        submit(offset);
        return true;
    }

    /** Bytes in use: reserved, and not yet read by a program. */
    public long pending() {
        return RingLayout.acquire(producer) - RingLayout.acquire(consumer);
    }

    @Override
    List<FileDescriptor> descriptors() {
        return List.of(memory.descriptor());
    }

    @Override
    int readiness() {
        return EpollEvents.EPOLLOUT;
    }

    @Override
    void release() {
        memory.close();
    }

    @Override
    public String toString() {
        return "user ring buffer " + name;
    }
}
