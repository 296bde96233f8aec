package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that finds out what flow a packet belongs to. It returns 0 if it has done so, 2 to drop the packet ({@code
 * BPF_DROP}), also after an abort. Section {@code flow_dissector}, since Linux 4.20.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "flow_dissector", context = SkBuff.class, since = "4.20", aborted = 2)
public @interface FlowDissector {}
