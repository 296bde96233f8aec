package dev.skep.lang.program;

import dev.skep.lang.Context;
import dev.skep.lang.Section;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that user space runs on demand. It returns what it likes. Section {@code syscall}, since Linux 5.14.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "syscall", context = Context.class, since = "5.14")
public @interface SystemCall {}
