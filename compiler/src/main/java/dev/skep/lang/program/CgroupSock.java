package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.BpfSock;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program called for the sockets of a control group. It returns 1 to allow, 0 to refuse; after an abort 0. Section {@code
 * cgroup/...}, since Linux 4.10.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "cgroup", context = BpfSock.class, since = "4.10")
public @interface CgroupSock {
    /** What it attaches to: {@code sock_create}, {@code sock_release}, {@code post_bind4} or {@code post_bind6}. */
    String value();
}
