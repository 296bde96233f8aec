package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import java.util.List;

/**
 * A script whose meaning is known.
 *
 * @param programs in the order of the script, each place of a probe for itself
 * @param maps sorted by name
 */
public record CheckedScript(
        List<TypedProgram> programs, List<MapShape> maps, Structures structures, Settings settings) {
    public CheckedScript {
        programs = List.copyOf(programs);
        maps = List.copyOf(maps);
    }
}
