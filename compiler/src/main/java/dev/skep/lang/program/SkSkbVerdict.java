package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that decides about what arrives on the sockets of a map, TCP, UDP and others. It returns one of {@link
 * dev.skep.lang.context.SkAction}; after an abort {@code SK_DROP}. Section {@code sk_skb/verdict}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "sk_skb/verdict", context = SkBuff.class, since = "5.13")
public @interface SkSkbVerdict {}
