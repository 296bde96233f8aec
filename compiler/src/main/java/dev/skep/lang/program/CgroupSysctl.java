package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.SysctlAccess;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that decides about access to kernel parameters in a control group. It returns 1 to allow, 0 to refuse; after an
 * abort 0. Section {@code cgroup/sysctl}, since Linux 5.2.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "cgroup/sysctl", context = SysctlAccess.class, since = "5.2")
public @interface CgroupSysctl {}
