package dev.skep.cli.run;

import dev.skep.object.program.ProgramSpec;
import java.util.List;

/**
 * What {@code skep run} shows.
 *
 * @param program the program that ran
 * @param packets how many packets it saw
 * @param bytes how many bytes they had
 * @param verdicts what it decided
 * @param maps the declared maps, as they are at the end
 * @param globals the global variables, as they are at the end
 * @param seconds from before the first packet was read until after the last was written
 * @param errors what went wrong, a line each; packets before that are counted
 */
record RunResult(
        ProgramSpec program,
        long packets,
        long bytes,
        List<VerdictCount> verdicts,
        List<MapContents> maps,
        List<GlobalContents> globals,
        double seconds,
        List<String> errors) {

    /** 0 if there was no time to measure. */
    double packetsPerSecond() {
        return seconds > 0 ? packets / seconds : 0;
    }
}
