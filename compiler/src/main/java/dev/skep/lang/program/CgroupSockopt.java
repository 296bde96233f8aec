package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SockoptCall;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program called where the processes of a control group read or set options of sockets. It returns 1 to allow, 0 to refuse;
 * after an abort 0. Section {@code cgroup/...}, since Linux 5.3.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "cgroup", context = SockoptCall.class, since = "5.3")
public @interface CgroupSockopt {
    /** What it attaches to: {@code getsockopt} or {@code setsockopt}. */
    String value();
}
