package dev.skep.verifier.log;

import dev.skep.verifier.Statistics;
import dev.skep.verifier.explain.KnownValueReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one program's log, line by line. */
final class KernelLogReader {
    private static final Pattern INSTRUCTION = Pattern.compile(
            "^(\\d{1,9}): (\\([0-9a-f]{2}\\) .*?)(?:\\s+;(.*)|\\s+\\d{1,9}:((?: frame\\d+:)? (?:R\\d|fp-).*))?$");
    private static final Pattern STATE = Pattern.compile("^(\\d{1,9}): ?((?:frame\\d+: ?)?(?:R\\d|fp-).*)?$");
    private static final Pattern FROM = Pattern.compile("^from (\\d{1,9}) to (\\d{1,9})(?: \\(.*?\\))?:(.*)$");
    private static final Pattern SOURCE = Pattern.compile("^; (.*?)(?: @ (\\S+):(\\d{1,9}))?$");
    private static final Pattern FRAME = Pattern.compile("^\\s*frame(\\d):");
    private static final Pattern PROCESSED = Pattern.compile(
            "processed (\\d+) insns(?: \\(limit \\d+\\))?(?: max_states_per_insn \\d+ total_states (\\d+) peak_states (\\d+).*)?.*");
    private static final Pattern STACK_DEPTH = Pattern.compile("^stack depth ([\\d+]+).*");
    private static final Pattern NOISE = Pattern.compile(
            "^(?:func#\\d+ @|last_idx |regs=|parent |mark_precise|verification time|insns processed|max_states|force_precise"
                    + "|propagating |caller:|callee:|returning from|to caller at|\\d+: safe|frame \\d+: propagating|R\\d+=|\\s*frame\\d+:"
                    + "|Live regs|\\d+: [.0-9]+ \\(|arg#\\d+ reference type\\('UNKNOWN|mark_read|BTF_KIND|permission denied|.*[Pp]ermission denied"
                    + "|failed to load|Error:|-- |processed ).*");
    private static final Pattern RESTART = Pattern.compile("^Validating (\\S+)\\(\\) func#\\d+.*");
    private static final Pattern SAFE = Pattern.compile("^Func#\\d+ .*(?:is safe for any args|is global and).*");
    private static final Pattern DIAGNOSIS = Pattern.compile("^Verification failed: (.*)$");

    private final LogText.Section section;
    private final PathBuilder path = new PathBuilder();
    private final List<String> said = new ArrayList<>();
    private Statistics statistics = Statistics.NONE;
    private int stackDepth;
    private boolean diagnosis;

    KernelLogReader(LogText.Section section) {
        this.section = section;
    }

    KernelLog read() {
        for (String line : section.lines()) {
            if (!diagnosis || PROCESSED.matcher(line).matches()) {
                read(line);
            }
        }
        List<KernelMessage> messages = messages();
        return new KernelLog(section.program(), path.path(), messages, statistics, !messages.isEmpty());
    }

    /** What was said since the last instruction; recognized ones first, for tools print lines of their own. */
    private List<KernelMessage> messages() {
        List<KernelMessage> known = said.stream()
                .map(KernelMessages::find)
                .flatMap(Optional::stream)
                .toList();
        return known.isEmpty()
                ? said.stream().map(KernelMessages::interpret).limit(1).toList()
                : known;
    }

    private void read(String line) {
        Matcher instruction = INSTRUCTION.matcher(line);
        Matcher from = FROM.matcher(line);
        Matcher state = STATE.matcher(line);
        Matcher source = SOURCE.matcher(line);
        Matcher processed = PROCESSED.matcher(line);
        if (line.isBlank()) {
            return;
        }
        if (instruction.matches()) {
            said.clear();
            path.instruction(
                    Integer.parseInt(instruction.group(1)), instruction.group(2).strip());
            values(instruction.group(3) == null ? instruction.group(4) : instruction.group(3));
        } else if (from.matches()) {
            resume(Integer.parseInt(from.group(1)), Integer.parseInt(from.group(2)), from.group(3));
        } else if (state.matches()) {
            values(state.group(2));
        } else if (source.matches()) {
            boolean placed = source.group(2) != null;
            path.source(source.group(1), placed ? source.group(2) : "", placed ? Integer.parseInt(source.group(3)) : 0);
        } else if (processed.matches()) {
            statistics(processed);
        } else {
            remark(line);
        }
    }

    private void remark(String line) {
        Matcher depth = STACK_DEPTH.matcher(line);
        Matcher newFormat = DIAGNOSIS.matcher(line);
        if (depth.matches()) {
            stackDepth = sum(depth.group(1));
        } else if (newFormat.matches()) {
            diagnosis = true;
            said.add(newFormat.group(1));
        } else if (RESTART.matcher(line).matches()) {
            path.restart();
            said.clear();
        } else if (SAFE.matcher(line).matches()) {
            said.clear();
        } else if (!NOISE.matcher(line).matches()) {
            said.add(line);
        }
    }

    private void resume(int from, int to, String rest) {
        said.clear();
        if (rest.strip().equals("safe")) {
            return;
        }
        Matcher frame = FRAME.matcher(rest);
        int number = frame.find() ? Integer.parseInt(frame.group(1)) : 0;
        path.branch(from, to, number, KnownValueReader.readState(rest));
    }

    private void values(String text) {
        if (text == null || text.isBlank()) {
            return;
        }
        Matcher frame = FRAME.matcher(text);
        int number = frame.find() ? Integer.parseInt(frame.group(1)) : 0;
        SequencedMap<String, String> values = new LinkedHashMap<>(KnownValueReader.readState(text));
        path.values(number, values);
    }

    private void statistics(Matcher processed) {
        boolean states = processed.group(2) != null;
        statistics = new Statistics(
                Long.parseLong(processed.group(1)),
                states ? Integer.parseInt(processed.group(3)) : 0,
                states ? Integer.parseInt(processed.group(2)) : 0,
                stackDepth,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** {@code 16+8+0}: the frames of a call chain. */
    private static int sum(String depths) {
        int sum = 0;
        for (String depth : depths.split("\\+")) {
            sum += depth.matches("\\d{1,6}") ? Integer.parseInt(depth) : 0;
        }
        return sum;
    }
}
