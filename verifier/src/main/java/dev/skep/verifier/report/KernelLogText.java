package dev.skep.verifier.report;

import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * A verdict as the kernel's log writes it at level 1 (Linux 6.18; {@code verbose_linfo}, {@code print_insn_state} in
 * kernel/bpf/log.c): of a rejected program the failing path with what changes at each instruction, and the reason.
 */
public final class KernelLogText {
    private static final long INSTRUCTION_LIMIT = 1_000_000;
    private static final int STATE_COLUMN = 40;
    private static final int NEXT_COLUMN = 8;

    private KernelLogText() {}

    /** The log; ends in a newline. */
    public static String of(ProgramVerdict verdict) {
        StringBuilder log = new StringBuilder();
        if (verdict instanceof ProgramVerdict.Rejected(String _, Rejection rejection, Statistics _)) {
            path(log, rejection.path());
            log.append(rejection.kernelMessage()).append('\n');
        }
        Statistics statistics = verdict.statistics();
        log.append("processed ")
                .append(statistics.instructionsProcessed())
                .append(" insns (limit ")
                .append(INSTRUCTION_LIMIT)
                .append(") max_states_per_insn 0 total_states ")
                .append(statistics.totalStates())
                .append(" peak_states ")
                .append(statistics.peakStates())
                .append(" mark_read 0\n");
        return log.toString();
    }

    private static void path(StringBuilder log, Rejection.Path path) {
        Map<Integer, SequencedMap<String, String>> known = new HashMap<>();
        Place source = Place.PROGRAM;
        for (int index = 0; index < path.steps().size(); index++) {
            Step step = path.steps().get(index);
            if (index == 0) {
                log.append(step.place().instruction())
                        .append(':')
                        .append(state(step.frame(), step.state()))
                        .append('\n');
                known.put(step.frame(), step.state());
            }
            if (step.place().hasLine() && !isSame(step.place(), source)) {
                source = step.place();
                log.append("; ")
                        .append(source.text().strip())
                        .append(" @ ")
                        .append(fileName(source.file()))
                        .append(':')
                        .append(source.line())
                        .append('\n');
            }
            String text = step.place().instruction() + ": " + step.instruction();
            String after =
                    index + 1 < path.steps().size() ? changes(path.steps().get(index + 1), known) : "";
            log.append(text);
            if (!after.isEmpty()) {
                log.append(" ".repeat(padding(text.length()))).append(';').append(after);
            }
            log.append('\n');
        }
    }

    private static boolean isSame(Place place, Place last) {
        return place.line() == last.line()
                && place.column() == last.column()
                && place.file().equals(last.file());
    }

    /** The file's name without folders, as the log has it. */
    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** States begin at column 40, or in steps of 8 after it. */
    private static int padding(int length) {
        int column = Math.max(length + NEXT_COLUMN / 2, STATE_COLUMN);
        return (column + NEXT_COLUMN - 1) / NEXT_COLUMN * NEXT_COLUMN - length - 2;
    }

    private static String changes(Step next, Map<Integer, SequencedMap<String, String>> known) {
        SequencedMap<String, String> before = known.getOrDefault(next.frame(), new LinkedHashMap<>());
        SequencedMap<String, String> changed = new LinkedHashMap<>();
        next.state().forEach((name, value) -> {
            if (!value.equals(before.get(name))) {
                changed.put(name, value);
            }
        });
        known.put(next.frame(), next.state());
        return changed.isEmpty() ? "" : state(next.frame(), changed);
    }

    private static String state(int frame, SequencedMap<String, String> values) {
        String where = frame == 0 ? "" : " frame" + frame + ":";
        return where
                + values.entrySet().stream()
                        .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }
}
