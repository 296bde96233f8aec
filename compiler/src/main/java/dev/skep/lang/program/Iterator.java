package dev.skep.lang.program;

import dev.skep.lang.Section;
import dev.skep.lang.context.IteratorContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A program called for each object of a kind; what it writes is read from a file. It returns 0 to go on, 1 to have the object
 * once more. Section {@code iter/...}, since Linux 5.8.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Section(value = "iter", context = IteratorContext.class, since = "5.8", typed = true)
public @interface Iterator {
    /** What it attaches to: what is iterated over: {@code task}. */
    String value();
}
