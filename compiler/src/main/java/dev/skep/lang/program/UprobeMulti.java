package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PtRegs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at the entry of many functions of user processes at once. It returns 0. Section {@code uprobe.multi/...}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "uprobe.multi", context = PtRegs.class, since = "6.6")
public @interface UprobeMulti {
    /** What it attaches to: file and pattern: {@code /usr/lib/libc.so.6:mem*}. */
    String value();
}
