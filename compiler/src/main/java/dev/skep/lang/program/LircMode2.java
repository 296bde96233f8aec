package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.PulseLength;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A program that decodes what an infrared receiver measures. It returns 0. Section {@code lirc_mode2}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "lirc_mode2", context = PulseLength.class, since = "4.18")
public @interface LircMode2 {}
