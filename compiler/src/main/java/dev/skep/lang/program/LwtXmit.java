package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program for packets that are sent by way of a route. It returns 0 to go on, 2 to drop ({@code BPF_DROP}), also after an
 * abort. Section {@code lwt_xmit}, since Linux 4.10.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "lwt_xmit", context = SkBuff.class, since = "4.10", aborted = 2)
public @interface LwtXmit {}
