package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PtRegs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program where a function of user processes returns, with the processor's registers. It returns 0. Section {@code
 * uretprobe/...}, since Linux 4.1.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "uretprobe", context = PtRegs.class, since = "4.1")
public @interface Uretprobe {
    /** What it attaches to: file and function: {@code /usr/lib/libc.so.6:malloc}. */
    String value();
}
