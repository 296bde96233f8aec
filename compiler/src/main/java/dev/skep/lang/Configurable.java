package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static field that programs read and nobody writes once they are loaded; until then its value may be changed from outside. It lies
 * in {@code .rodata}. It must not be {@code final}: {@code javac} would compile its value into the programs.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Configurable {}
