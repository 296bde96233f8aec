package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SocketLookup;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that chooses the socket for a new connection or a packet. It returns 1 to go on, 0 to drop; after an abort 0.
 * Section {@code sk_lookup}, since Linux 5.9.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "sk_lookup", context = SocketLookup.class, since = "5.9")
public @interface SkLookup {}
