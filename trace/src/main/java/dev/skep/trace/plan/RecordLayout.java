package dev.skep.trace.plan;

/**
 * What programs that record send through the ring buffer {@link #RING}: 64-bit numbers at these offsets, in bytes. The object has the
 * 64-bit globals {@link #SEQUENCE_GLOBAL} and {@link #UNRECORDED_GLOBAL} then.
 */
public final class RecordLayout {
    /** The name of the ring buffer. */
    public static final String RING = "recording";
    /** The name of the counter of events. */
    public static final String SEQUENCE_GLOBAL = "sequence";
    /** The name of the counter of records that found no room. */
    public static final String UNRECORDED_GLOBAL = "unrecorded";

    /** Bytes of the ring buffer. */
    public static final int RING_BYTES = 16 << 20;

    /** Which of the kinds below a record is. */
    public static final int KIND = 0;
    /** The number of the event. */
    public static final int SEQUENCE = 8;
    /** Bytes of what every record has. */
    public static final int HEADER_BYTES = 16;

    /** A program starts. */
    public static final long EVENT = 0;
    /** A helper has read memory. */
    public static final long READ = 1;
    /** A helper has returned a number. */
    public static final long CALL = 2;
    /** A call stack was taken. */
    public static final long STACK = 3;
    /** The script calls {@code exit()}. */
    public static final long EXIT = 4;

    /** Of an event: the index of its program. */
    public static final int PROGRAM = 16;
    /** By {@code CLOCK_BOOTTIME}. */
    public static final int TIME = 24;
    /** Of {@code bpf_get_current_pid_tgid}. */
    public static final int PROCESS = 32;
    /** Of {@code bpf_get_current_uid_gid}. */
    public static final int OWNER = 40;
    /** Of {@code bpf_get_current_cgroup_id}. */
    public static final int GROUP = 48;
    /** Of {@code bpf_get_current_task}. */
    public static final int TASK = 56;
    /** The processor's number. */
    public static final int CPU = 64;
    /** Where the context is. */
    public static final int CONTEXT_ADDRESS = 72;
    /** The task's name. */
    public static final int COMM = 80;
    /** How long that is. */
    public static final int COMM_BYTES = 16;
    /** The context's bytes, to the record's end. */
    public static final int CONTEXT = 96;

    /** Of what a helper did: its number. */
    public static final int HELPER = 16;
    /** What it returned. */
    public static final int RESULT = 24;
    /** Bytes of a call. */
    public static final int CALL_BYTES = 32;
    /** Where it read. */
    public static final int ADDRESS = 32;
    /** How much it was to read. */
    public static final int LENGTH = 40;
    /** What it read, to the record's end. */
    public static final int CONTENT = 48;

    /** Of a stack: which of the object's maps of stacks it is in. */
    public static final int MAP = 16;
    /** What the helper was told. */
    public static final int FLAGS = 32;
    /** Whose it is: of {@code bpf_get_current_pid_tgid}. */
    public static final int STACK_PROCESS = 40;
    /** Bytes of a stack. */
    public static final int STACK_BYTES = 48;

    private RecordLayout() {}
}
