package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at a hook of the security modules, with the hook's arguments. It returns 0 to allow, a negative error number to
 * refuse; after an abort 0. Section {@code lsm/...}, since Linux 5.7.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "lsm", context = TracepointArguments.class, since = "5.7", typed = true)
public @interface Lsm {
    /** What it attaches to: the hook: {@code file_open}. */
    String value();
}
