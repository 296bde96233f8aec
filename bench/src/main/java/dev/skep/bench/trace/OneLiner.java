package dev.skep.bench.trace;

import java.util.List;

/**
 * A script that both tracers understand, so in the older form of the language.
 *
 * @param name as the table shows it
 * @param text the script
 */
record OneLiner(String name, String text) {
    private static final String READ = "tracepoint:syscalls:sys_enter_read ";
    private static final String OPENAT = "tracepoint:syscalls:sys_enter_openat ";

    static final List<OneLiner> ALL = List.of(
            new OneLiner("count", READ + "{ @ = count(); }"),
            new OneLiner("by comm", READ + "{ @[comm] = count(); }"),
            new OneLiner("by pid", READ + "{ @[pid] = count(); }"),
            new OneLiner("filter", READ + "/comm == \"nobody\"/ { @ = count(); }"),
            new OneLiner(
                    "latency",
                    READ + "{ @start[tid] = nsecs; } tracepoint:syscalls:sys_exit_read /@start[tid]/ "
                            + "{ @us = hist((nsecs - @start[tid]) / 1000); delete(@start[tid]); }"),
            new OneLiner("lhist", READ + "{ @ = lhist(args->count, 0, 10000, 100); }"),
            new OneLiner("stats", READ + "{ @ = stats(args->count); }"),
            new OneLiner("by id", "tracepoint:raw_syscalls:sys_enter { @[args->id] = count(); }"),
            new OneLiner("str", OPENAT + "{ @[str(args->filename)] = count(); }"),
            new OneLiner("printf", OPENAT + "{ printf(\"%s\\n\", str(args->filename)); }"),
            new OneLiner("kstack", READ + "{ @[kstack] = count(); }"),
            new OneLiner("ustack", READ + "{ @[ustack] = count(); }"),
            new OneLiner("uprobe", "uprobe:/lib/x86_64-linux-gnu/libc.so.6:read { @ = count(); }"));

    /** How many programs it has: each has one probe here. */
    int programs() {
        return (int) text.chars().filter(each -> each == '{').count();
    }
}
