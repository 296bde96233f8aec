package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that is a helper function of the kernel. Arguments are passed in their order: numbers as 64 bits, a context or a map as
 * its address, a struct or an array as its address followed by its size in bytes.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Helper {
    /** The name in linux/bpf.h, without {@code BPF_FUNC_}: a name of {@code dev.skep.object.program.HelperId}. */
    String value();
}
