package dev.skep.verifier.log;

import dev.skep.verifier.Statistics;
import dev.skep.verifier.explain.KnownValueReader;
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
    private static final Pattern STATE =
            Pattern.compile("^(?:\\d{1,9}: ?)?((?:frame\\d+: ?)?(?:R\\d+|fp-\\d+)(?:_[rwD]+)?=.*)$");
    private static final Pattern STATE_TO_COME = Pattern.compile("^\\d{1,9}: ?$");

    /** Before 5.15 what follows is not the state at hand, but one that was looked back to. */
    private static final Pattern LOOKING_BACK = Pattern.compile("^(?:last_idx |regs=|parent |mark_precise).*");

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
                    + "|failed to load|Error:|-- |processed |func '\\S+' arg\\d+ has btf_id|subprog \\d+ \\(|cur state:|old state:|subprog#\\d+: |SCC |topo_order"
                    + "|Func#\\d+ is global and|CO-RE relocating|HINT: ).*");
    private static final Pattern RESTART = Pattern.compile("^Validating (\\S+)\\(\\) func#\\d+.*");
    private static final Pattern SAFE = Pattern.compile("^Func#\\d+ .*(?:is safe for any args|is global and).*");

    private final LogText.Section section;
    private final PathBuilder path = new PathBuilder();
    private final DiagnosisReader diagnosis = new DiagnosisReader();
    private Remarks said = new Remarks(-1, "");
    private Optional<Remarks> understood = Optional.empty();
    private Optional<Statistics> statistics = Optional.empty();
    private int stackDepth;
    private boolean lookingBack;

    KernelLogReader(LogText.Section section) {
        this.section = section;
    }

    KernelLog read() {
        for (String line : section.lines()) {
            if (!diagnosis.take(line)) {
                read(line);
            }
        }
        List<KernelMessage> messages = messages();
        return new KernelLog(
                section.program(),
                path.path(),
                messages,
                statistics.orElse(Statistics.NONE),
                !messages.isEmpty(),
                messages.isEmpty() && statistics.isEmpty(),
                diagnosis.diagnosis());
    }

    /**
     * The reason: what was said after the last instruction. If that is nothing that is known, and the log has no end, what a tool
     * printed of it in front, or has in the middle of its own words.
     */
    private List<KernelMessage> messages() {
        List<KernelMessage> reason = said.reason();
        if (!reason.isEmpty()) {
            return reason;
        }
        Optional<Diagnosis> diagnosed = diagnosis.diagnosis();
        if (diagnosed.isPresent()) {
            return List.of(KernelMessages.interpret(diagnosed.get().text()));
        }
        if (statistics.isEmpty() && understood.isPresent()) {
            Remarks summary = understood.get();
            if (summary.slot() >= 0 && summary.slot() != path.lastSlot()) {
                path.instruction(summary.slot(), summary.instruction());
            }
            return summary.reason();
        }
        return said.hidden()
                .or(this::hiddenInInstruction)
                .or(said::guess)
                .map(List::of)
                .orElse(List.of());
    }

    /** Where line ends got lost, the message follows the last instruction. */
    private Optional<KernelMessage> hiddenInInstruction() {
        return KernelMessages.search(said.instruction());
    }

    private void startRemarks(int slot, String instruction) {
        if (!said.lines().isEmpty() && !said.reason().isEmpty()) {
            understood = Optional.of(said);
        }
        said = new Remarks(slot, instruction);
    }

    private void read(String line) {
        Matcher instruction = INSTRUCTION.matcher(line);
        Matcher from = FROM.matcher(line);
        Matcher state = STATE.matcher(line);
        Matcher source = SOURCE.matcher(line);
        Matcher processed = PROCESSED.matcher(line);
        if (line.isBlank() || STATE_TO_COME.matcher(line).matches()) {
            return;
        }
        if (LOOKING_BACK.matcher(line).matches()) {
            lookingBack = true;
        } else if (instruction.matches()) {
            int slot = Integer.parseInt(instruction.group(1));
            String text = instruction.group(2).strip();
            startRemarks(slot, text);
            path.instruction(slot, text);
            lookingBack = false;
            values(instruction.group(3) == null ? instruction.group(4) : instruction.group(3));
        } else if (from.matches()) {
            resume(Integer.parseInt(from.group(1)), Integer.parseInt(from.group(2)), from.group(3));
        } else if (state.matches()) {
            if (!lookingBack) {
                values(state.group(1));
            }
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
        if (depth.matches()) {
            stackDepth = sum(depth.group(1));
        } else if (RESTART.matcher(line).matches()) {
            path.restart();
            startRemarks(-1, "");
        } else if (SAFE.matcher(line).matches()) {
            startRemarks(-1, "");
        } else if (statistics.isEmpty()
                && !NOISE.matcher(line).matches()) { // the statistics are the last of a verifier's lines
            said.add(line);
        }
    }

    private void resume(int from, int to, String rest) {
        startRemarks(from, "");
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
        statistics = Optional.of(new Statistics(
                Long.parseLong(processed.group(1)),
                states ? Integer.parseInt(processed.group(3)) : 0,
                states ? Integer.parseInt(processed.group(2)) : 0,
                stackDepth,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
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
