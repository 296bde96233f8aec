package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that is a helper function of the kernel. Arguments are passed in their order: numbers as 64 bits, a context or a map as
 * its address, a struct or an array as its address followed by its size in bytes, a boxed number as the address of a copy.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Helper {
    /** The name in linux/bpf.h, without {@code BPF_FUNC_}: a name of {@code dev.skep.object.program.HelperId}. */
    String value();

    /** Of a method of an object, such as a map: which of the helper's arguments the object is, the first being 0. */
    int receiver() default 0;

    /** Whether the size of a struct or array follows its address. */
    boolean sizes() default true;
}
