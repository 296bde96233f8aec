package dev.skep.linux.perf;

import dev.skep.linux.bpf.Field;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What perf_event_open(2) is asked for: {@code struct perf_event_attr} of linux/perf_event.h, all zero at first.
 * Members that share an offset are alternatives, as in the header.
 */
public final class PerfEventAttr {
    public static final Field TYPE = Field.u32("type", 0);
    public static final Field SIZE = Field.u32("size", 4);
    public static final Field CONFIG = Field.u64("config", 8);
    public static final Field SAMPLE_PERIOD = Field.u64("sample_period", 16);
    public static final Field SAMPLE_FREQ = Field.u64("sample_freq", 16);
    public static final Field SAMPLE_TYPE = Field.u64("sample_type", 24);
    public static final Field READ_FORMAT = Field.u64("read_format", 32);
    /** The bit fields from {@code disabled} on, see {@code FLAG_*}. */
    public static final Field FLAGS = Field.u64("disabled", 40);

    public static final Field WAKEUP_EVENTS = Field.u32("wakeup_events", 48);
    public static final Field BP_TYPE = Field.u32("bp_type", 52);
    public static final Field BP_ADDR = Field.u64("bp_addr", 56);
    public static final Field KPROBE_FUNC = Field.u64("kprobe_func", 56);
    public static final Field UPROBE_PATH = Field.u64("uprobe_path", 56);
    public static final Field CONFIG1 = Field.u64("config1", 56);
    public static final Field BP_LEN = Field.u64("bp_len", 64);
    public static final Field KPROBE_ADDR = Field.u64("kprobe_addr", 64);
    public static final Field PROBE_OFFSET = Field.u64("probe_offset", 64);
    public static final Field CONFIG2 = Field.u64("config2", 64);

    /** Bits of {@link #FLAGS}, from the least significant on (little-endian machines). */
    public static final long FLAG_DISABLED = 1;

    /** What the observed thread starts is observed, too. */
    public static final long FLAG_INHERIT = 1 << 1;

    public static final long FLAG_FREQ = 1 << 10;
    /** {@code wakeup_events} counts bytes, as {@code wakeup_watermark}. */
    public static final long FLAG_WATERMARK = 1 << 14;

    /** With {@link #FLAG_INHERIT}: threads alone, no processes (Linux 5.13). */
    public static final long FLAG_INHERIT_THREAD = 1L << 35;

    /** {@code enum perf_type_id}. */
    public static final int PERF_TYPE_HARDWARE = 0;

    public static final int PERF_TYPE_SOFTWARE = 1;
    public static final int PERF_TYPE_TRACEPOINT = 2;
    public static final int PERF_TYPE_RAW = 4;
    public static final int PERF_TYPE_BREAKPOINT = 5;

    /** {@code PERF_COUNT_SW_BPF_OUTPUT}: what {@code bpf_perf_event_output()} writes to. */
    public static final int PERF_COUNT_SW_BPF_OUTPUT = 10;
    /** {@code PERF_SAMPLE_RAW}. */
    public static final long PERF_SAMPLE_RAW = 1 << 10;

    /**
     * {@code PERF_ATTR_SIZE_VER5}: up to and with {@code aux_watermark} (Linux 4.1), which has all that is set here.
     */
    private static final int ATTR_SIZE = 112;

    private final MemorySegment memory;

    /** A zeroed structure. @param arena keeps it alive; it and what it points to must live until the event is open */
    public PerfEventAttr(Arena arena) {
        memory = arena.allocate(ATTR_SIZE, 8);
        set(SIZE, ATTR_SIZE);
    }

    /** Sets a number. */
    public PerfEventAttr set(Field field, long value) {
        if (field.size() == Integer.BYTES) {
            memory.set(ValueLayout.JAVA_INT, field.offset(), (int) value);
        } else {
            memory.set(ValueLayout.JAVA_LONG, field.offset(), value);
        }
        return this;
    }

    /** Sets a pointer. */
    public PerfEventAttr set(Field field, MemorySegment pointee) {
        return set(field, pointee.address());
    }

    /** A number as it stands. */
    long get(Field field) {
        return field.size() == Integer.BYTES
                ? Integer.toUnsignedLong(memory.get(ValueLayout.JAVA_INT, field.offset()))
                : memory.get(ValueLayout.JAVA_LONG, field.offset());
    }

    MemorySegment memory() {
        return memory;
    }
}
