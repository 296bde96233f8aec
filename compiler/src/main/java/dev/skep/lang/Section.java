package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an annotation for programs stands for: this makes {@code @Xdp} and the others data. Section names are libbpf's.
 *
 * <p>If the annotation has a {@code value}, it is what the program attaches to, and follows the section's name after a slash.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.ANNOTATION_TYPE)
public @interface Section {
    /** The section's name, without what the program attaches to: {@code xdp}, {@code tp}. */
    String value();

    /** What the method gets as its parameter, if it has one. */
    Class<? extends Context> context();

    /** The first kernel with programs of this type. */
    String since();

    /** What the program returns when Java would throw: after a division by zero, an index out of range. */
    int aborted() default 0;

    /** Whether the kernel knows the types of the arguments, so that structures they point to may be read directly. */
    boolean typed() default false;
}
