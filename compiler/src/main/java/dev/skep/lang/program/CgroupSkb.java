package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SkBuff;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A filter of the packets of a control group. It returns 1 to let a packet pass, 0 to drop it; after an abort 0. Section {@code
 * cgroup_skb/...}, since Linux 4.10.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "cgroup_skb", context = SkBuff.class, since = "4.10")
public @interface CgroupSkb {
    /** What it attaches to: {@code ingress} or {@code egress}. */
    String value();
}
