package dev.skep.cli.run;

import dev.skep.object.program.ProgramSpec;
import java.util.List;
import java.util.Optional;

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
 * @param networkInterface the one the program ran at live: then how many bytes there were and what it decided is not known
 */
record RunResult(
        ProgramSpec program,
        long packets,
        long bytes,
        List<VerdictCount> verdicts,
        List<MapContents> maps,
        List<GlobalContents> globals,
        double seconds,
        List<String> errors,
        Optional<String> networkInterface) {

    /** Of a run on a capture. */
    RunResult(
            ProgramSpec program,
            long packets,
            long bytes,
            List<VerdictCount> verdicts,
            List<MapContents> maps,
            List<GlobalContents> globals,
            double seconds,
            List<String> errors) {
        this(program, packets, bytes, verdicts, maps, globals, seconds, errors, Optional.empty());
    }

    /** 0 if there was no time to measure. */
    double packetsPerSecond() {
        return seconds > 0 ? packets / seconds : 0;
    }
}
