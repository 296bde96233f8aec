package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SockOpsContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program called for events of the TCP connections of a control group. What it returns depends on the event. Section {@code
 * sockops}, since Linux 4.13.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "sockops", context = SockOpsContext.class, since = "4.13")
public @interface SockOps {}
