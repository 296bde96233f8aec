package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A filter of a socket. It returns how many bytes of the packet to keep, 0 for none; after an abort 0. Section {@code socket},
 * since Linux 3.19.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "socket", context = SkBuff.class, since = "3.19")
public @interface SocketFilter {}
