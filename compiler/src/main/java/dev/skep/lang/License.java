package dev.skep.lang;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The license of the programs in a class; {@code GPL} where nothing is said. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface License {
    /** As the kernel knows it: {@code GPL}, {@code Dual MIT/GPL}; helpers for GPL programs ask for one of those. */
    String value();
}
