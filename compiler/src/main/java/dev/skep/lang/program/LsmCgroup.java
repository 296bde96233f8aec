package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.TracepointArguments;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program at a hook of the security modules, for a control group. It returns 1 to allow, 0 to refuse; after an abort 0. Section {@code
 * lsm_cgroup/...}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "lsm_cgroup", context = TracepointArguments.class, since = "6.0", typed = true)
public @interface LsmCgroup {
    /** What it attaches to: the hook: {@code socket_bind}. */
    String value();
}
