package dev.skep.cli.gen;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Java's names for C's: {@code blocked_v4} is {@code blockedV4}, {@code struct ip_key} is {@code IpKey}. */
final class JavaNames {
    /** What every record has, and may not be the name of a component. */
    private static final Set<String> OBJECT_METHODS =
            Set.of("clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

    private final Set<String> taken = new HashSet<>();

    /** @param reserved names that are used for something else */
    JavaNames(Set<String> reserved) {
        taken.addAll(reserved);
    }

    /** A type's name. */
    static String type(String name) {
        StringBuilder camel = new StringBuilder();
        for (String part : name.split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty()) {
                camel.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return camel.isEmpty() || Character.isDigit(camel.charAt(0)) ? "T" + camel : camel.toString();
    }

    /** The name of a method, field or parameter. */
    static String member(String name) {
        String camel = type(name);
        String lower = camel.substring(0, 1).toLowerCase(Locale.ROOT) + camel.substring(1);
        return SourceVersion.isKeyword(lower) || OBJECT_METHODS.contains(lower) ? lower + "_" : lower;
    }

    /** The name, with a number behind it if it is taken; it is taken from now on. */
    String unique(String name) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + i;
        }
        return free;
    }
}
