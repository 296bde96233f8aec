package dev.skep.trace.cdefinition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An enumeration.
 *
 * @param name with its keyword: {@code enum pid_type}; something with a space and parentheses if it has no name
 * @param size in bytes
 * @param constants in the order they are written
 */
public record CEnumeration(String name, int size, boolean signed, Map<String, Long> constants) {
    public CEnumeration {
        constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
    }
}
