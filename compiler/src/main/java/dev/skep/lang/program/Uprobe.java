package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PtRegs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at the entry of a function of user processes, with the processor's registers. It returns 0. Section {@code
 * uprobe/...}, since Linux 4.1.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "uprobe", context = PtRegs.class, since = "4.1")
public @interface Uprobe {
    /** What it attaches to: file and function: {@code /usr/lib/libc.so.6:malloc}. */
    String value();
}
