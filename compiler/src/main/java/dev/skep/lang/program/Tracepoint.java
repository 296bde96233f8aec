package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointRecord;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at a tracepoint of the kernel, with the record that the tracepoint writes. It returns 0. Section {@code tp/...},
 * since Linux 4.7.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "tp", context = TracepointRecord.class, since = "4.7")
public @interface Tracepoint {
    /** What it attaches to: category and name: {@code sched/sched_switch}. */
    String value();
}
