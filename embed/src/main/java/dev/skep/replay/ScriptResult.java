package dev.skep.replay;

import dev.skep.trace.print.MapContent;
import java.util.List;
import java.util.Map;

/**
 * What came of a script.
 *
 * @param text what it printed, its maps at the end included, as {@code skep trace -q} prints it
 * @param maps what was printed of its maps last, by their names without the at sign
 * @param complaints warnings and errors, of the script itself too
 * @param summary what was run, and what was not recorded
 */
public record ScriptResult(String text, Map<String, MapContent> maps, List<String> complaints, Replay.Summary summary) {
    public ScriptResult {
        maps = Map.copyOf(maps);
        complaints = List.copyOf(complaints);
    }

    /** What the script gave {@code exit}, else 0. */
    public int exitCode() {
        return summary.exitCode();
    }

    /** The lines that it printed, without empty ones. */
    public List<String> lines() {
        return text.lines().filter(line -> !line.isEmpty()).toList();
    }
}
