package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field (or the elements of an array) that reads as a number without sign: a {@code byte} as 0 to 255, a {@code short} as 0 to
 * 65535. On {@code int} and {@code long} it only says so in the object's type information.
 *
 * <p>What was read is an {@code int}; keep it in one. For {@code javac} it has the field's type, so that it writes no conversion
 * into the class file where a {@code byte} becomes a {@code byte}: in {@code byte b = header.field}, {@code (byte) header.field} and
 * parameters of type {@code byte} it stays 0 to 255. It has a sign again where it is stored into a field or an array without this
 * annotation, where a method returns it as a {@code byte}, and behind a conversion that {@code javac} does write:
 * {@code (byte) (int) header.field}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Unsigned {}
