package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that finds out where messages end in what arrives on the sockets of a map. It returns the bytes of the message, 0 if it needs more,
 * or a negative error number. Section {@code sk_skb/stream_parser}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "sk_skb/stream_parser", context = SkBuff.class, since = "4.14")
public @interface SkSkbStreamParser {}
