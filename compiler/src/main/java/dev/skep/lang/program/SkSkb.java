package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that decides about what arrives on sockets in a socket map. It returns 1 to let it pass, 0 to drop it; after an
 * abort 0. Section {@code sk_skb/stream_verdict}, since Linux 4.14.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "sk_skb/stream_verdict", context = SkBuff.class, since = "4.14")
public @interface SkSkb {}
