package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at a tracepoint of the kernel that lets its first argument be changed. It returns 0. Section {@code raw_tp.w/...}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "raw_tp.w", context = TracepointArguments.class, since = "5.2")
public @interface RawTracepointWritable {
    /** What it attaches to: the tracepoint: {@code nbd_send_request}. */
    String value();
}
