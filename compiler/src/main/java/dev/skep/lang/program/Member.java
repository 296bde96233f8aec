package dev.skep.lang.program;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A member, of the same name, of the structure that a class with {@code @StructOps} implements: a static method whose parameters are
 * those of the kernel's function (numbers, and pointers to structures of the kernel), or a static final field that is a number or a
 * string literal, with {@code @Length} for the size that the member has.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.FIELD})
public @interface Member {}
