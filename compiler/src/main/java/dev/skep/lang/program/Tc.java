package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that traffic control calls for packets of a network interface. It returns one of {@link
 * dev.skep.lang.context.TcAction}; after an abort {@code TC_ACT_SHOT}. Section {@code tc}, since Linux 4.1.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "tc", context = SkBuff.class, since = "4.1", aborted = 2)
public @interface Tc {}
