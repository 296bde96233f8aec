package dev.skep.lang.map;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A map that is pinned under its name when it is loaded into the kernel, or taken from there if it is pinned already
 * ({@code LIBBPF_PIN_BY_NAME}): programs that are loaded at different times share it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Pinned {}
