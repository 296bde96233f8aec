package dev.skep.lang.program;

import dev.skep.lang.Context;
import dev.skep.lang.Section;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A function that takes the place of a global function of another program, one that is called with a context. Which program that is, the
 * loader is told. Section {@code freplace/...}, since Linux 5.6.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "freplace", context = Context.class, since = "5.6")
public @interface Freplace {
    /** What it attaches to: the function that is replaced. */
    String value();
}
