package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SockAddr;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program called where the processes of a control group name an address. It returns 1 to allow, 0 to refuse; after an abort
 * 0. Section {@code cgroup/...}, since Linux 4.17.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "cgroup", context = SockAddr.class, since = "4.17")
public @interface CgroupSockAddr {
    /** What it attaches to: {@code bind4}, {@code connect4}, {@code sendmsg6} and the like. */
    String value();
}
