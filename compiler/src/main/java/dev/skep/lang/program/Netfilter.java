package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at a hook of netfilter; its arguments are {@code nf_hook_state} and {@code sk_buff}. It returns 1 to accept, 0 to
 * drop; after an abort 0. Section {@code netfilter}, since Linux 6.4.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "netfilter", context = TracepointArguments.class, since = "6.4", typed = true)
public @interface Netfilter {}
