package dev.skep.lang;

/** Writes to the trace log: {@code /sys/kernel/tracing/trace_pipe}, or where the engine was told to. */
public final class Log {
    private Log() {}

    /**
     * Writes a line: {@code bpf_trace_printk}, from the fourth number on {@code bpf_trace_vprintk} (Linux 5.16).
     *
     * @param format a literal, with the kernel's conversions: {@code %d}, {@code %u}, {@code %x}, {@code %ld}, {@code %lu}, {@code
     *     %lx}, {@code %s} for text; not with {@code %n}
     * @param arguments numbers, literals and what {@link Text#of} gives, as many as conversions
     */
    public static void printf(String format, Object... arguments) {
        throw new NotInJavaException("printf");
    }
}
