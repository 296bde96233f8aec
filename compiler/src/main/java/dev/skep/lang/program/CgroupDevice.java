package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.DeviceAccess;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that decides about access to devices in a control group. It returns 1 to allow, 0 to refuse; after an abort 0.
 * Section {@code cgroup/dev}, since Linux 4.15.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "cgroup/dev", context = DeviceAccess.class, since = "4.15")
public @interface CgroupDevice {}
