package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the command line says about a script.
 *
 * @param allowUnsafe {@code --unsafe}
 * @param pid {@code -p}, or that of {@code -c}
 * @param parameters what stands behind the script's name: {@code $1} ..., and {@code --name=value} for {@code getopt}
 * @param settings what the environment sets, else {@link Settings#DEFAULTS}
 */
public record CheckOptions(boolean allowUnsafe, OptionalInt pid, List<String> parameters, Settings settings) {
    /** Nothing said. */
    public static final CheckOptions DEFAULTS =
            new CheckOptions(false, OptionalInt.empty(), List.of(), Settings.DEFAULTS);

    public CheckOptions {
        parameters = List.copyOf(parameters);
    }
}
