package dev.skep.lang.map;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a {@link ProgramArray} or {@link ArrayOfMaps} has in it from the start.
 *
 * <pre>{@code
 * @Slots({"ipv4", "ipv6"})
 * static final ProgramArray parsers = new ProgramArray(2);
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Slots {
    /** Names of programs (methods) or maps (fields) of the same class, the one at 0 first; {@code ""} leaves a slot empty. */
    String[] value();
}
