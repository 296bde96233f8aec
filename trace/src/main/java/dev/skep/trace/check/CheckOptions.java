package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the command line says about a script.
 *
 * @param allowUnsafe {@code --unsafe}
 * @param pid {@code -p}, or that of {@code -c}
 * @param child that of {@code -c}
 * @param parameters what stands behind the script's name: {@code $1} ..., and {@code --name=value} for {@code getopt}
 * @param settings what the environment sets, else {@link Settings#DEFAULTS}
 * @param tellsFailures {@code -k}: whether it is told that memory cannot be read, or an element of a map is not there
 */
public record CheckOptions(
        boolean allowUnsafe,
        OptionalInt pid,
        OptionalInt child,
        List<String> parameters,
        Settings settings,
        boolean tellsFailures) {
    /** Nothing said. */
    public static final CheckOptions DEFAULTS =
            new CheckOptions(false, OptionalInt.empty(), List.of(), Settings.DEFAULTS);

    /** With failures kept quiet that scripts live with. */
    public CheckOptions(boolean allowUnsafe, OptionalInt pid, List<String> parameters, Settings settings) {
        this(allowUnsafe, pid, OptionalInt.empty(), parameters, settings, false);
    }

    public CheckOptions {
        parameters = List.copyOf(parameters);
    }
}
