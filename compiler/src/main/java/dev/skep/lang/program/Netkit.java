package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at an end of a netkit pair. It returns {@code NETKIT_PASS} (0), {@code NETKIT_DROP} (2) or {@code NETKIT_REDIRECT} (7); after an abort
 * {@code NETKIT_DROP}. Section {@code netkit/...}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "netkit", context = SkBuff.class, since = "6.7", aborted = 2)
public @interface Netkit {
    /** What it attaches to: the end: {@code primary} or {@code peer}. */
    String value();
}
