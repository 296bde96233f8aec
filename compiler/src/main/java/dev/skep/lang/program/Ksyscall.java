package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PtRegs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at the entry of a system call, whatever the kernel calls its function. It returns 0. Section {@code ksyscall/...}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "ksyscall", context = PtRegs.class, since = "4.1")
public @interface Ksyscall {
    /** What it attaches to: the system call: {@code openat}. */
    String value();
}
