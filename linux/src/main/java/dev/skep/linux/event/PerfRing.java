package dev.skep.linux.event;

import dev.skep.linux.perf.PerfEvent;
import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.linux.system.MappedMemory;
import dev.skep.linux.system.PageSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One CPU's part of a perf buffer: an event that programs write to, and its ring. The first page of the ring is
 * {@code struct perf_event_mmap_page}, each record has a {@code struct perf_event_header} in front (linux/perf_event.h).
 */
final class PerfRing implements AutoCloseable {
    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
    private static final long DATA_HEAD = 1024;
    private static final long DATA_TAIL = 1032;

    private static final int RECORD_TYPE = 0;
    private static final int RECORD_SIZE = 6;
    private static final int HEADER_SIZE = 8;
    private static final int PERF_RECORD_LOST = 2;
    private static final int PERF_RECORD_SAMPLE = 9;
    /** In {@code PERF_RECORD_LOST}: behind the header and the event's id. */
    private static final int LOST_COUNT = HEADER_SIZE + 8;
    /** Of {@code PERF_SAMPLE_RAW}: its length stands in front of the data. */
    private static final int RAW_SIZE = HEADER_SIZE;

    private static final int RAW_DATA = RAW_SIZE + Integer.BYTES;

    private final int cpu;
    private final PerfEvent event;
    private final MappedMemory mapped;
    private final MemorySegment page;
    private final MemorySegment ring;
    private final long size;
    /** A record that goes around the ring's end is put together here; a record's size has 16 bits. */
    private final MemorySegment joined = Arena.ofAuto().allocate(1 << 16, Long.BYTES);

    private final AtomicLong lost = new AtomicLong();

    private PerfRing(int cpu, PerfEvent event, MappedMemory mapped, long size) {
        this.cpu = cpu;
        this.event = event;
        this.mapped = mapped;
        this.page = mapped.segment();
        this.ring = page.asSlice(PageSize.bytes(), size);
        this.size = size;
    }

    static PerfRing open(int cpu, PerfBuffer.Options options) {
        PerfEvent event = PerfEvent.open(
                attr -> {
                    attr.set(PerfEventAttr.TYPE, PerfEventAttr.PERF_TYPE_SOFTWARE)
                            .set(PerfEventAttr.CONFIG, PerfEventAttr.PERF_COUNT_SW_BPF_OUTPUT)
                            .set(PerfEventAttr.SAMPLE_TYPE, PerfEventAttr.PERF_SAMPLE_RAW)
                            .set(PerfEventAttr.SAMPLE_PERIOD, 1);
                    if (options.watermark() > 0) {
                        attr.set(PerfEventAttr.FLAGS, PerfEventAttr.FLAG_WATERMARK);
                    }
                    attr.set(PerfEventAttr.WAKEUP_EVENTS, Math.max(1, options.watermark()));
                },
                PerfEvent.Scope.cpu(cpu),
                "open CPU " + cpu + "'s part of a perf buffer");
        try {
            long size = (long) options.pages() * PageSize.bytes();
            MappedMemory mapped = MappedMemory.map(
                    event.descriptor(),
                    0,
                    PageSize.bytes() + size,
                    MappedMemory.PROT_READ | MappedMemory.PROT_WRITE,
                    "CPU " + cpu + "'s part of a perf buffer");
            return new PerfRing(cpu, event, mapped, size);
        } catch (RuntimeException e) {
            event.close();
            throw e;
        }
    }

    int cpu() {
        return cpu;
    }

    PerfEvent event() {
        return event;
    }

    long lost() {
        return lost.get();
    }

    /** Hands on the records that are ready, for as long as {@code source} is open. @return how many */
    int consume(CpuRecordConsumer action, EventSource source) {
        long head = (long) POSITION.getAcquire(page, DATA_HEAD);
        long tail = (long) POSITION.get(page, DATA_TAIL);
        int handed = 0;
        while (tail != head && source.isOpen()) {
            long start = tail & (size - 1);
            // Records are multiples of 8 bytes, as is the ring: a header is always in one piece.
            int type = ring.get(ValueLayout.JAVA_INT, start + RECORD_TYPE);
            int length = Short.toUnsignedInt(ring.get(ValueLayout.JAVA_SHORT, start + RECORD_SIZE));
            try {
                handed += record(type, start, length, action);
            } finally {
                tail += length;
                POSITION.setRelease(page, DATA_TAIL, tail);
            }
        }
        return handed;
    }

    private int record(int type, long start, int length, CpuRecordConsumer action) {
        boolean whole = start + length <= size;
        MemorySegment memory = whole ? ring : joined;
        long at = whole ? start : 0;
        if (!whole) {
            MemorySegment.copy(ring, start, joined, 0, size - start);
            MemorySegment.copy(ring, 0, joined, size - start, length - (size - start));
        }
        switch (type) {
            case PERF_RECORD_SAMPLE -> {
                action.accept(cpu, memory, at + RAW_DATA, memory.get(ValueLayout.JAVA_INT, at + RAW_SIZE));
                return 1;
            }
            case PERF_RECORD_LOST -> lost.addAndGet(memory.get(ValueLayout.JAVA_LONG, at + LOST_COUNT));
            default -> {} // none that was asked for
        }
        return 0;
    }

    @Override
    public void close() {
        mapped.close();
        event.close();
    }
}
