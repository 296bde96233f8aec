package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An action of traffic control. It returns one of {@link dev.skep.lang.context.TcAction}; after an abort {@code TC_ACT_SHOT}. Section {@code
 * action}. Newer ways to do the same are {@link Tc} and {@link TcIngress}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "action", context = SkBuff.class, since = "4.1", aborted = 2)
public @interface Action {}
