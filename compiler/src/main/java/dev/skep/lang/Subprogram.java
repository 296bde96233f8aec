package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that becomes a function of its own, however small it is. Without it, a long method that is called in several places
 * becomes one, and all others are compiled in the place of the call. The kernel's verifier follows each call of it, other than with
 * {@link Global}. Its parameters are numbers, contexts and structs that are not on the stack, at most five; its result is a number of
 * up to 32 bits or nothing, or a {@code long} if nothing in it throws. Where Java would throw, the program ends.
 *
 * <pre>{@code
 * @Subprogram
 * static int checksum(Ipv4 ip) { ... }
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Subprogram {}
