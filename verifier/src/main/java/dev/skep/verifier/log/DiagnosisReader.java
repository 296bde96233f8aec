package dev.skep.verifier.log;

import dev.skep.verifier.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@link Diagnosis} line by line. */
final class DiagnosisReader {
    private static final Pattern HEADING = Pattern.compile("^Verification failed: ([^:]+)(?:: (.*))?$");
    private static final Pattern SECTION = Pattern.compile("^(Reason|At|Causal path|Suggestion|Active lock):$");
    private static final Pattern PLACE = Pattern.compile("^(?:(\\S+) @ )?(\\S.*?):(\\d{1,9}):(\\d{1,9})$");
    private static final Pattern INSTRUCTION_ONLY = Pattern.compile("^insn (\\d{1,9})$");
    private static final Pattern MARKED = Pattern.compile("^>>> +(\\d{1,9}) \\| ?(.*)$");
    private static final Pattern BESIDE = Pattern.compile("^\\d{1,9} \\|.*");
    private static final Pattern REMARK = Pattern.compile("^\\^-- (\\w+): (.*)$");
    private static final Pattern AFTERWARDS = Pattern.compile("^(?:processed \\d|verification time|stack depth).*");

    /** What the lines being read are. */
    private enum Part {
        REASON,
        FAILURE,
        PATH,
        LOCK,
        SUGGESTION,
        NONE
    }

    private String category = "";
    private String problem = "";
    private final StringJoiner reason = new StringJoiner(" ");
    private final StringJoiner suggestion = new StringJoiner(" ");
    private Optional<Diagnosis.Event> failure = Optional.empty();
    private final List<Diagnosis.Event> path = new ArrayList<>();
    private Part part = Part.NONE;
    private boolean open;

    // The block being read: a place, what is remarked there, and the instruction.
    private Place place = Place.PROGRAM;
    private String instruction = "";
    private String label = "";
    private StringJoiner remark = new StringJoiner(" ");
    private boolean showsInstructions;
    private boolean remarking;

    /** True if {@code line} is part of a diagnosis. Only the first counts: it is the most exact. */
    boolean take(String line) {
        Matcher heading = HEADING.matcher(line);
        if (heading.matches()) {
            boolean first = category.isEmpty();
            if (first) {
                category = heading.group(1);
                problem = Optional.ofNullable(heading.group(2)).orElse("");
            }
            open = true;
            part = Part.NONE;
            return true;
        }
        if (!open || AFTERWARDS.matcher(line).matches()) {
            close();
            return false;
        }
        return read(line);
    }

    private boolean read(String line) {
        Matcher section = SECTION.matcher(line);
        if (section.matches()) {
            endBlock();
            part = switch (section.group(1)) {
                case "Reason" -> Part.REASON;
                case "At" -> Part.FAILURE;
                case "Causal path" -> Part.PATH;
                case "Active lock" -> Part.LOCK;
                default -> Part.SUGGESTION;
            };
            return true;
        }
        if (line.isBlank()) {
            endBlock();
            if (part == Part.SUGGESTION && suggestion.length() > 0) {
                close();
            }
            return true;
        }
        switch (part) {
            case REASON -> reason.add(line);
            case SUGGESTION -> suggestion.add(line);
            case FAILURE, PATH, LOCK -> block(line);
            case NONE -> {
                // between the heading and its first section
            }
        }
        return true;
    }

    private void block(String line) {
        Matcher source = PLACE.matcher(line);
        Matcher bare = INSTRUCTION_ONLY.matcher(line);
        Matcher marked = MARKED.matcher(line);
        Matcher remarked = REMARK.matcher(line);
        if (remarked.matches()) {
            label = remarked.group(1);
            remark.add(remarked.group(2));
            remarking = true;
        } else if (marked.matches()) {
            mark(Integer.parseInt(marked.group(1)), marked.group(2));
        } else if (line.equals("Source context:") || line.equals("Instruction context:")) {
            showsInstructions = line.startsWith("I");
            remarking = false;
        } else if (BESIDE.matcher(line).matches()) {
            remarking = false;
        } else if (bare.matches()) {
            place = Place.at(Integer.parseInt(bare.group(1)), "");
        } else if (!remarking && source.matches()) {
            String function = Optional.ofNullable(source.group(1)).orElse("");
            place = new Place(
                    -1,
                    function,
                    source.group(2),
                    Integer.parseInt(source.group(3)),
                    Integer.parseInt(source.group(4)),
                    "");
        } else if (remarking) {
            remark.add(line);
        }
    }

    private void mark(int number, String text) {
        remarking = false;
        if (showsInstructions) {
            instruction = text;
            place = new Place(number, place.function(), place.file(), place.line(), place.column(), place.text());
        } else {
            place = new Place(place.instruction(), place.function(), place.file(), place.line(), place.column(), text);
        }
    }

    private void endBlock() {
        if (!label.isEmpty()) {
            Diagnosis.Event event = new Diagnosis.Event(place, instruction, label, remark.toString());
            if (part == Part.FAILURE && failure.isEmpty()) {
                failure = Optional.of(event);
            } else if (part == Part.PATH) {
                path.add(event);
            }
        }
        place = Place.PROGRAM;
        instruction = "";
        label = "";
        remark = new StringJoiner(" ");
        showsInstructions = false;
        remarking = false;
    }

    private void close() {
        if (open) {
            endBlock();
            open = false;
        }
    }

    /** What was read; empty if there was none. */
    Optional<Diagnosis> diagnosis() {
        close();
        return category.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Diagnosis(category, problem, reason.toString(), suggestion.toString(), failure, path));
    }
}
