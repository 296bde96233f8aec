package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PtRegs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program where many functions of the kernel return, with the processor's registers. It returns 0. Section {@code
 * kretprobe.multi/...}, since Linux 5.18.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "kretprobe.multi", context = PtRegs.class, since = "5.18")
public @interface KretprobeMulti {
    /** What it attaches to: a pattern for functions of the kernel: {@code vfs_*}. */
    String value();
}
