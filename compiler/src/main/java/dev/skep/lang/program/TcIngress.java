package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program for what arrives at a network interface, attached by a link. It returns {@code TCX_NEXT} (-1) or one of {@link
 * dev.skep.lang.context.TcAction}; after an abort {@code TC_ACT_SHOT}. Section {@code tcx/ingress}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "tcx/ingress", context = SkBuff.class, since = "6.6", aborted = 2)
public @interface TcIngress {}
