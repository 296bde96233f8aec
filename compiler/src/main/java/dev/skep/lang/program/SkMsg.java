package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkMsgContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that decides about what is sent on sockets in a socket map. It returns 1 to let it pass, 0 to drop it; after an
 * abort 0. Section {@code sk_msg}, since Linux 4.17.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "sk_msg", context = SkMsgContext.class, since = "4.17")
public @interface SkMsg {}
