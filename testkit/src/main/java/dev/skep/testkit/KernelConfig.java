package dev.skep.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options that a kernel was built with.
 *
 * @param source where they were found, such as {@code /proc/config.gz}
 * @param values by name, without {@code CONFIG_}; of those that are set
 */
record KernelConfig(String source, Map<String, String> values) {
    private static final String PREFIX = "CONFIG_";

    KernelConfig {
        values = Map.copyOf(values);
    }

    /** Reads the lines of a {@code .config} file: {@code CONFIG_X=y}. */
    static KernelConfig parse(String source, List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (line.startsWith(PREFIX) && equals > 0) {
                values.put(line.substring(PREFIX.length(), equals), line.substring(equals + 1));
            }
        }
        return new KernelConfig(source, values);
    }

    /** Whether the option is built in or a module. */
    boolean isSet(String option) {
        return "y".equals(values.get(option)) || "m".equals(values.get(option));
    }

    /** An option's text, without its quotes. */
    Optional<String> text(String option) {
        return Optional.ofNullable(values.get(option)).map(value -> value.replace("\"", ""));
    }
}
