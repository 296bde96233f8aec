package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at the entry of a function of the kernel, with its arguments. It returns 0. Section {@code fentry/...}, since Linux
 * 5.5.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "fentry", context = TracepointArguments.class, since = "5.5", typed = true)
public @interface Fentry {
    /** What it attaches to: the function of the kernel. */
    String value();
}
