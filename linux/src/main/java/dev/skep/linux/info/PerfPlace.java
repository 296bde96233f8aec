package dev.skep.linux.info;

/** The perf event a link attaches its program to ({@code enum bpf_perf_event_type}, Linux 6.6). */
public sealed interface PerfPlace {
    /** A place in a program file. @param onReturn when its function returns @param semaphore offset of one to raise, 0 for none */
    record Uprobe(boolean onReturn, String file, int offset, long semaphore, long cookie) implements PerfPlace {}

    /**
     * A place in the kernel.
     *
     * @param onReturn when its function returns @param function "" if attached by address
     * @param address 0 for who may not see kernel addresses @param missed runs that were left out
     */
    record Kprobe(boolean onReturn, String function, int offset, long address, long missed, long cookie)
            implements PerfPlace {}

    /** A tracepoint. @param name without its category */
    record Tracepoint(String name, long cookie) implements PerfPlace {}

    /** Any other event. @param type {@code enum perf_type_id} @param config what to count, by type */
    record Event(int type, long config, long cookie) implements PerfPlace {}

    /** Not told by a kernel before 6.6, or a kind that is newer than this software. */
    record Unknown() implements PerfPlace {}
}
