package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program where a function of the kernel returns, with its arguments and then its result. It returns 0. Section {@code
 * fexit/...}, since Linux 5.5.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "fexit", context = TracepointArguments.class, since = "5.5", typed = true)
public @interface Fexit {
    /** What it attaches to: the function of the kernel. */
    String value();
}
