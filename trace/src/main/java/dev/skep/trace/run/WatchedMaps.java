package dev.skep.trace.run;

import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.print.MapContent;
import java.util.List;

/**
 * What a script's maps hold at one moment.
 *
 * @param lost how many events found no room so far
 */
public record WatchedMaps(List<Watched> maps, long lost) {
    public WatchedMaps {
        maps = List.copyOf(maps);
    }

    /** A map. */
    public record Watched(PlannedMap map, MapContent content) {}
}
