package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that may replace what a function of the kernel returns. It returns 0 to let the function run, an error number to
 * refuse; after an abort 0. Section {@code fmod_ret/...}, since Linux 5.7.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "fmod_ret", context = TracepointArguments.class, since = "5.7", typed = true)
public @interface FmodRet {
    /** What it attaches to: the function of the kernel. */
    String value();
}
