package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that becomes a function of its own, verified once for all numbers that it may be called with, instead of being
 * compiled in the place of each call: for long loops in loops, which the kernel's verifier would follow round by round. Its parameters
 * are numbers and contexts, at most five; its result is a number or nothing. Where Java would throw, it returns 0. Since Linux 5.6.
 *
 * <pre>{@code
 * @Global
 * static int countBits(long word) { ... }
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Global {}
