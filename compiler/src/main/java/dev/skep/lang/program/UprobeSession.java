package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PtRegs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at the entry and the end of many functions of user processes at once. It returns 0, or 1 at the entry not to be called at the
 * end. Section {@code uprobe.session/...}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "uprobe.session", context = PtRegs.class, since = "6.13")
public @interface UprobeSession {
    /** What it attaches to: file and pattern: {@code /usr/lib/libc.so.6:mem*}. */
    String value();
}
