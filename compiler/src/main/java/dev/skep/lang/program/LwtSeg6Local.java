package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at an end point of segment routing over IPv6. It returns {@code BPF_OK} (0), {@code BPF_DROP} (2) or {@code BPF_REDIRECT} (7); after
 * an abort {@code BPF_DROP}. Section {@code lwt_seg6local}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "lwt_seg6local", context = SkBuff.class, since = "4.18", aborted = 2)
public @interface LwtSeg6Local {}
