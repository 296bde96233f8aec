package dev.skep.lang.program;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A class that implements a structure of functions that the kernel calls, for example {@code tcp_congestion_ops}. Its members are
 * static methods and constants with {@code @Member}. The class with the programs, or one within it. Since Linux 5.6.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface StructOps {
    /** The structure in C, without {@code struct}. */
    String value();

    /**
     * Whether a link registers it, until that is closed. Without, and in what is compiled for kernels before Linux 6.4, which have no
     * such links, it is registered until somebody takes it out.
     */
    boolean linked() default true;
}
