package dev.skep.lang.program;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program that may wait, so that it can read memory that is not there yet ({@code Bpf.copyFromUser}). With {@link Fentry}, {@link
 * Fexit}, {@link FmodRet}, {@link Lsm}, {@link Iterator}, {@link Uprobe}, {@link Uretprobe}, {@link UprobeMulti}, {@link
 * UretprobeMulti} and {@link Usdt}: {@code .s} in the section's name. Since Linux 5.10, at user probes 6.0.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Sleepable {}
