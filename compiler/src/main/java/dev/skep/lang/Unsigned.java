package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field (or the elements of an array) that reads as a number without sign: a {@code byte} as 0 to 255, a {@code short} as 0 to
 * 65535. Keep what was read in an {@code int}: a variable of type {@code byte} or {@code short} would have it with a sign again. On
 * {@code int} and {@code long} it only says so in the object's type information.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Unsigned {}
