package dev.skep.replay;

import dev.skep.object.Bytes;
import dev.skep.object.program.HelperId;
import dev.skep.trace.record.Entry;
import dev.skep.trace.system.Registers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event that no machine ever saw, for tests: what a probe is to see, and in which task. It can be changed until {@link MadeUp}
 * makes a recording of it.
 *
 * <pre>{@code
 * MadeUpEvent.tracepoint("syscalls:sys_enter_openat").withText("filename", "/etc/passwd").comm("cat").pid(42)
 * }</pre>
 */
public final class MadeUpEvent {
    static final String ARCHITECTURE = "x86_64";
    private static final Registers REGISTERS = Registers.of(ARCHITECTURE);
    private static final int REGISTER_BYTES = 168;
    /** Where the first text that a pointer leads to is: in no memory of the engine's. */
    private static final long TEXTS = 0x7f00_0000_0000L;

    private static final int TEXT_ROOM = 4096;

    private final String probe;
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final ByteBuffer registers = ByteBuffer.allocate(REGISTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final Map<Long, String> texts = new LinkedHashMap<>();
    private int process = 1;
    private int thread = 1;
    private int user;
    private int group;
    private String name = "made-up";
    private int cpu;
    private long time;

    /** What a member of a tracepoint's record is that points to a text. */
    record Pointer(long address) {}

    private MadeUpEvent(String probe) {
        this.probe = probe;
    }

    /** A tracepoint: {@code sched:sched_switch}. */
    public static MadeUpEvent tracepoint(String name) {
        return new MadeUpEvent("tracepoint:" + name);
    }

    /** Any other probe, named in full: {@code kprobe:vfs_read}, {@code uprobe:/bin/app:main}, {@code interval:s:1}. */
    public static MadeUpEvent probe(String name) {
        return new MadeUpEvent(name);
    }

    /** A number in the tracepoint's record. */
    public MadeUpEvent with(String field, long value) {
        fields.put(field, value);
        return this;
    }

    /** A text within the tracepoint's record, as {@code prev_comm} of {@code sched_switch}. */
    public MadeUpEvent with(String field, String text) {
        fields.put(field, text);
        return this;
    }

    /** A text that the tracepoint's record points to, as {@code filename} of {@code sys_enter_openat}. */
    public MadeUpEvent withText(String field, String text) {
        fields.put(field, new Pointer(place(text)));
        return this;
    }

    /** What a function is called with. @param index from 0, at most 5 */
    public MadeUpEvent argument(int index, long value) {
        registers.putLong(REGISTERS.arguments()[index], value);
        return this;
    }

    /** A text that a function is called with. @param index from 0, at most 5 */
    public MadeUpEvent argument(int index, String text) {
        return argument(index, place(text));
    }

    /** What a function returned. */
    public MadeUpEvent result(long value) {
        registers.putLong(REGISTERS.result(), value);
        return this;
    }

    private long place(String text) {
        long address = TEXTS + (long) TEXT_ROOM * texts.size();
        texts.put(address, text);
        return address;
    }

    /** The process, and its first thread. */
    public MadeUpEvent pid(int id) {
        process = id;
        thread = id;
        return this;
    }

    /** The thread. */
    public MadeUpEvent tid(int id) {
        thread = id;
        return this;
    }

    /** Whose process it is. */
    public MadeUpEvent uid(int id) {
        user = id;
        return this;
    }

    /** Whose group's process it is. */
    public MadeUpEvent gid(int id) {
        group = id;
        return this;
    }

    /** The name of the task. */
    public MadeUpEvent comm(String comm) {
        name = comm;
        return this;
    }

    /** On which processor, from 0. */
    public MadeUpEvent cpu(int number) {
        cpu = number;
        return this;
    }

    /** How long after tracing began; events are replayed in the order in which they are given. */
    public MadeUpEvent at(Duration sinceStart) {
        time = sinceStart.toNanos();
        return this;
    }

    String probe() {
        return probe;
    }

    int cpu() {
        return cpu;
    }

    Map<String, Object> fields() {
        return fields;
    }

    /** @param layout of its tracepoint's record */
    List<Entry> entries(long sequence, MadeUpRecord layout) {
        Bytes context = probe.startsWith("tracepoint:") ? layout.content(fields) : Bytes.of(registers.array());
        Entry.Task task = new Entry.Task(
                (long) process << Integer.SIZE | thread, (long) group << Integer.SIZE | user, name, 1, 0, cpu);
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.Event(sequence, probe, 0, MadeUp.START + time, task, 0, context));
        texts.forEach((address, text) -> {
            byte[] content = (text + "\0").getBytes(StandardCharsets.UTF_8);
            entries.add(new Entry.Read(
                    sequence, HelperId.PROBE_READ_STR.number(), address, content.length, Bytes.of(content)));
        });
        return entries;
    }
}
