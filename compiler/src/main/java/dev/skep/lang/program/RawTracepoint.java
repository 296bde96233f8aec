package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at a tracepoint of the kernel, with its arguments as they are. It returns 0. Section {@code raw_tp/...}, since
 * Linux 4.17.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "raw_tp", context = TracepointArguments.class, since = "4.17")
public @interface RawTracepoint {
    /** What it attaches to: the tracepoint: {@code sys_enter}. */
    String value();
}
