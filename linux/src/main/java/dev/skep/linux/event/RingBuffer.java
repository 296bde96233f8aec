package dev.skep.linux.event;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.MappedMemory;
import dev.skep.object.host.Errno;
import dev.skep.object.host.EventStream;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * The reading end of a ring buffer ({@code BPF_MAP_TYPE_RINGBUF}, Linux 5.8): records of all CPUs in the order in which programs
 * reserved them.
 *
 * <pre>{@code
 * try (RingBuffer events = RingBuffer.open(map)) {
 *     while (events.await(Duration.ofSeconds(1))) {
 *         events.consume((ring, offset, length) -> total += ring.get(ValueLayout.JAVA_LONG, offset));
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #consume} costs no allocation and no copy; {@link #next} and {@link #commit} are the same with the loop on the caller's
 * side; {@link #take}, {@link #iterator} and {@link #publisher} copy. Reading is for one thread at a time, as there is one position;
 * waiting and closing are for any. Several programs or processes cannot share the reading.
 *
 * <p>A record that a program could not reserve because the buffer was full is known to that program alone, so {@link #lost()} is
 * always 0: let programs count their own failures.
 */
public final class RingBuffer extends EventSource implements EventStream, Iterable<byte[]> {
    private final String name;
    private final RingMemory memory;
    private final MemorySegment consumer;
    private final MemorySegment producer;
    private final MemorySegment ring;
    private final long size;
    private final long mask;

    /** Where the next record begins that has not been looked at. */
    private long position;
    /** The record that {@link #next} stands on. */
    private long offset;

    private int length;
    /** Whether a record is with the action of {@link #consume}. */
    private boolean handing;

    private RingBuffer(String name, RingMemory memory) {
        this.name = name;
        this.memory = memory;
        this.size = memory.size();
        this.mask = size - 1;
        this.consumer = memory.consumer();
        this.producer = memory.producer();
        this.ring = memory.data();
        this.position = RingLayout.acquire(consumer);
    }

    /**
     * Opens the reading end of a map; it works on when the map is closed.
     *
     * @throws HostException EINVAL if the map is no ring buffer, ENOMEM or EMFILE if the system is short of memory or descriptors
     */
    public static RingBuffer open(LinuxMap map) {
        if (map.spec().type() != MapType.RINGBUF) {
            throw new HostException(Errno.EINVAL, map + " is no ring buffer (BPF_MAP_TYPE_RINGBUF)");
        }
        String name = map.spec().name();
        RingMemory memory = RingMemory.map(
                map,
                "the ring buffer " + name,
                MappedMemory.PROT_READ | MappedMemory.PROT_WRITE,
                MappedMemory.PROT_READ);
        return new RingBuffer(name, memory);
    }

    /**
     * Hands every record that is ready to {@code action} and gives its memory back after each, also after one that {@code action}
     * fails on. If this is closed meanwhile, by {@code action} or by another thread, that record is the last. {@code action} itself must
     * not read from this buffer.
     *
     * @return how many there were
     * @throws IllegalStateException if this is closed, or {@code action} reads from it
     */
    public int consume(RecordConsumer action) {
        return consume(action, Integer.MAX_VALUE);
    }

    /** As {@link #consume(RecordConsumer)}, {@code most} records at most. */
    public int consume(RecordConsumer action, int most) {
        requireNotHanding();
        beginReading();
        handing = true;
        try {
            return handOn(action, most);
        } finally {
            handing = false;
            endReading();
        }
    }

    /** There is one position, and who hands records on has a copy of it. */
    private void requireNotHanding() {
        if (handing) {
            throw new IllegalStateException("the action of consume reads from " + this + ", which is being read");
        }
    }

    /** What is used for each record is in local variables: the JVM fetches fields anew after each position that it acquires. */
    private int handOn(RecordConsumer action, int most) {
        MemorySegment records = ring;
        MemorySegment given = consumer;
        long next = position;
        long end = next;
        int handed = 0;
        while (handed < most && isOpen()) {
            if (next >= end) {
                end = RingLayout.acquire(producer);
                if (next >= end) {
                    break;
                }
            }
            long start = next & mask;
            int header = (int) RingLayout.HEADER.getAcquire(records, start);
            if (header < 0) { // RingLayout.BUSY: records are handed on in the order of their reservation
                break;
            }
            int payload = header & ~RingLayout.DISCARDED;
            next += RingLayout.spaceOf(payload);
            position = next;
            try {
                if (payload == header) {
                    action.accept(records, start + RingLayout.HEADER_SIZE, payload);
                    handed++;
                }
            } finally {
                RingLayout.release(given, next);
            }
        }
        return handed;
    }

    /**
     * Goes to the next record, which {@link #memory}, {@link #offset} and {@link #length} then tell. Its memory and that of the
     * records before it is given back by {@link #commit}, until when programs cannot use it.
     *
     * @return false if there is none that has been submitted
     */
    public boolean next() {
        requireNotHanding();
        while (position < RingLayout.acquire(producer)) {
            long start = position & mask;
            int header = (int) RingLayout.HEADER.getAcquire(ring, start);
            if (header < 0) { // RingLayout.BUSY: records are handed on in the order of their reservation
                return false;
            }
            int payload = header & ~RingLayout.DISCARDED;
            position += RingLayout.spaceOf(payload);
            if (payload == header) {
                offset = start + RingLayout.HEADER_SIZE;
                length = payload;
                return true;
            }
            if (position - RingLayout.acquire(consumer) == RingLayout.spaceOf(payload)) {
                commit(); // nothing in front of the discarded record is still in use
            }
        }
        return false;
    }

    /** The ring's memory, always the same segment: read-only, the data twice in a row. */
    public MemorySegment memory() {
        return ring;
    }

    /** Where the record begins in {@link #memory()}, a multiple of 8. */
    public long offset() {
        return offset;
    }

    /** Bytes of the record. */
    public int length() {
        return length;
    }

    /** The record as memory of its own, valid until {@link #commit}; costs an allocation unless the JVM can do without. */
    public MemorySegment slice() {
        return ring.asSlice(offset, length);
    }

    /** Gives the memory of the record that {@link #next} went to, and of those before it, back to the programs. */
    public void commit() {
        RingLayout.release(consumer, position);
    }

    /** A copy of the next record, whose memory is given back at once. */
    public Optional<byte[]> take() {
        beginReading();
        try {
            if (!next()) {
                return Optional.empty();
            }
            byte[] copy = slice().toArray(ValueLayout.JAVA_BYTE);
            commit();
            return Optional.of(copy);
        } finally {
            endReading();
        }
    }

    @Override
    public int drain(Consumer<ByteBuffer> action) {
        return consume((memory, from, bytes) ->
                action.accept(memory.asSlice(from, bytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN)));
    }

    /**
     * Copies of the records as they come: {@code hasNext} waits for one, and is false when the buffer has been closed or the waiting
     * thread was interrupted.
     */
    @Override
    public RingIterator iterator() {
        return new RingIterator(this);
    }

    /**
     * Copies of the records for a subscriber, which gets as many as it asks for; what it does not ask for stays in the buffer. There
     * can be one subscriber; when the buffer is closed, it is told of the end as soon as it waits for a record.
     */
    public Flow.Publisher<byte[]> publisher() {
        return new RingPublisher(this);
    }

    /** Waits until there is something, or this is closed; see {@link #await(Duration)}. */
    public boolean await() {
        return await(FOR_EVER);
    }

    /** Always 0: see the class's comment. */
    @Override
    public long lost() {
        return 0;
    }

    /** Bytes of data that the buffer has room for, headers included: the map's {@code max_entries}. */
    public long size() {
        return size;
    }

    /** How many bytes have ever been given back, headers and discarded records included. */
    public long consumerPosition() {
        return RingLayout.acquire(consumer);
    }

    /** How many bytes have ever been reserved, headers included. */
    public long producerPosition() {
        return RingLayout.acquire(producer);
    }

    /** Bytes in use: reserved, and not yet given back. When it is near {@link #size()}, programs are about to lose records. */
    public long available() {
        beginReading();
        try {
            return producerPosition() - consumerPosition();
        } finally {
            endReading();
        }
    }

    @Override
    List<FileDescriptor> descriptors() {
        return List.of(memory.descriptor());
    }

    @Override
    int readiness() {
        return EpollEvents.EPOLLIN;
    }

    @Override
    void release() {
        memory.close();
    }

    @Override
    public String toString() {
        return "ring buffer " + name;
    }
}
