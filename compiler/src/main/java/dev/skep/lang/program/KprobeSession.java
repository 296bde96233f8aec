package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PtRegs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at the entry and the end of many functions of the kernel at once. It returns 0, or 1 at the entry not to be called at the end. Section
 * {@code kprobe.session/...}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "kprobe.session", context = PtRegs.class, since = "6.10")
public @interface KprobeSession {
    /** What it attaches to: a pattern for functions of the kernel: {@code vfs_*}. */
    String value();
}
