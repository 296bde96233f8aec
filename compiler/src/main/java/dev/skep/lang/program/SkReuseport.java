package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.ReuseportContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that chooses among sockets that share a port. It returns 1 to go on, 0 to drop; after an abort 0. Section {@code
 * sk_reuseport}, since Linux 4.19.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "sk_reuseport", context = ReuseportContext.class, since = "4.19")
public @interface SkReuseport {}
