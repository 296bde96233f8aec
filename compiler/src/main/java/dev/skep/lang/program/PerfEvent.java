package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PerfEventData;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program called for samples of a performance counter. It returns 0. Section {@code perf_event}, since Linux 4.9.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "perf_event", context = PerfEventData.class, since = "4.9")
public @interface PerfEvent {}
