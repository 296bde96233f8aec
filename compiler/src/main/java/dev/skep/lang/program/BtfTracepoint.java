package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at a tracepoint of the kernel, whose arguments have types by BTF. It returns 0. Section {@code tp_btf/...}, since
 * Linux 5.5.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "tp_btf", context = TracepointArguments.class, since = "5.5", typed = true)
public @interface BtfTracepoint {
    /** What it attaches to: the tracepoint: {@code sched_switch}. */
    String value();
}
