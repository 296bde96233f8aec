package dev.skep.replay;

import dev.skep.trace.print.MapContent;
import dev.skep.trace.print.Output;
import dev.skep.trace.print.QuietOutput;
import java.util.LinkedHashMap;
import java.util.Map;

/** Text, of which the maps are kept as they were printed last. */
final class MapsKept extends QuietOutput {
    private final Map<String, MapContent> maps = new LinkedHashMap<>();

    /** @param output closed with this */
    MapsKept(Output output) {
        super(output);
    }

    Map<String, MapContent> maps() {
        return maps;
    }

    @Override
    public void map(MapContent content) {
        maps.put(content.name(), content);
        super.map(content);
    }
}
