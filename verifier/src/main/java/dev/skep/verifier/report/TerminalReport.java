package dev.skep.verifier.report;

import dev.skep.verifier.Fix;
import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A verdict as a good compiler writes its errors: what is wrong, the source line, how it came to this, what to do. */
public final class TerminalReport {
    private static final int PATH_LINES = 24;
    private static final int TAB = 8;

    private final Paint paint;
    private final boolean verbose;

    /**
     * @param coloured use colours
     * @param verbose also print the whole path and statistics
     */
    public TerminalReport(boolean coloured, boolean verbose) {
        this.paint = new Paint(coloured);
        this.verbose = verbose;
    }

    /** The report on one program; ends in a newline. */
    public String of(ProgramVerdict verdict) {
        return switch (verdict) {
            case ProgramVerdict.Accepted accepted -> accepted(accepted);
            case ProgramVerdict.Rejected rejected ->
                rejection(rejected.program(), rejected.rejection())
                        + (verbose ? statistics(rejected.statistics()) : "");
        };
    }

    private String accepted(ProgramVerdict.Accepted accepted) {
        StringBuilder text = new StringBuilder();
        Statistics statistics = accepted.statistics();
        text.append(paint.good("accepted"))
                .append(' ')
                .append(paint.heading(accepted.program()))
                .append(": ")
                .append(statistics.instructionsProcessed())
                .append(" instructions processed, ")
                .append(statistics.peakStates())
                .append(" states, ")
                .append(statistics.stackDepth())
                .append(" bytes of stack");
        statistics
                .oldestKernel()
                .ifPresent(kernel ->
                        text.append(", loads on Linux ").append(kernel).append(" and later"));
        text.append('\n');
        accepted.warnings()
                .forEach(warning -> text.append("  ")
                        .append(paint.warning("warning"))
                        .append(": ")
                        .append(warning.message())
                        .append(warning.place().slot().isPresent() ? " (" + warning.place() + ")" : "")
                        .append('\n'));
        if (verbose) {
            text.append(statistics(statistics));
        }
        return text.toString();
    }

    private String statistics(Statistics statistics) {
        StringBuilder text = new StringBuilder();
        statistics
                .functions()
                .forEach(f -> row(
                        text,
                        "function",
                        f.name() + (f.global() ? " (global)" : "") + ": " + f.instructionsProcessed()
                                + " instructions, " + f.stackBytes() + " bytes of stack"));
        statistics
                .loops()
                .forEach(loop -> row(
                        text,
                        "loop",
                        loop.head() + ": " + loop.iterations()
                                + (loop.unrolled() ? " iterations at most" : " rounds until nothing changed")));
        list(text, "maps", statistics.maps());
        list(text, "helpers", statistics.helpers());
        list(text, "kernel functions", statistics.kernelFunctions());
        return text.toString();
    }

    private void list(StringBuilder text, String what, List<String> names) {
        if (!names.isEmpty()) {
            row(text, what, String.join(", ", names));
        }
    }

    private void row(StringBuilder text, String what, String value) {
        text.append("  ").append(paint.faint(what)).append(": ").append(value).append('\n');
    }

    /** The report on a rejection; ends in a newline. @param program "" if the name is not known */
    public String rejection(String program, Rejection rejection) {
        StringBuilder text = new StringBuilder();
        text.append(paint.error("error[" + rejection.cause().id() + "]"))
                .append(": ")
                .append(paint.heading(rejection.message()))
                .append('\n');
        int width = width(rejection);
        excerpt(text, rejection.place(), program, width, "^");
        if (!rejection.rootCause().isSameLine(rejection.place())
                && rejection.rootCause().slot().isPresent()
                && !rejection.rootCause().equals(rejection.place())) {
            text.append(" ".repeat(width))
                    .append(paint.mark(" = "))
                    .append(paint.heading("cause"))
                    .append(": here\n");
            excerpt(text, rejection.rootCause(), "", width, "-");
        }
        history(text, rejection, width);
        path(text, rejection, width);
        note(text, width, "kernel", rejection.kernelMessage().replace("\n", "; "));
        note(text, width, "help", rejection.suggestion());
        rejection.fixes().stream().filter(Fix::verified).forEach(fix -> fix(text, fix, width));
        rejection
                .counterexample()
                .ifPresent(example -> note(text, width, "counterexample", CounterexampleText.of(example)));
        note(text, width, "more", "docs/verifier/" + rejection.cause().id() + ".md");
        return text.toString();
    }

    private void fix(StringBuilder text, Fix fix, int width) {
        String where = FixText.where(fix);
        note(text, width, "fix (verified)", (where.isEmpty() ? "" : where + ": ") + fix.description());
        for (FixText.Line line : FixText.lines(fix)) {
            String number = line.number() > 0 ? Integer.toString(line.number()) : "";
            String shown = expandTabs(line.text());
            text.append(paint.mark(padded(number, Math.max(width, number.length())) + " |"))
                    .append(' ')
                    .append(line.mark())
                    .append(' ')
                    .append(line.mark() == '+' ? paint.good(shown) : shown)
                    .append('\n');
        }
    }

    private static int width(Rejection rejection) {
        List<Place> places = new ArrayList<>(List.of(rejection.place(), rejection.rootCause()));
        rejection.history().forEach(entry -> places.add(entry.place()));
        rejection.fixes().stream().filter(Fix::verified).forEach(fix -> places.add(fix.place()));
        return places.stream().mapToInt(place -> number(place).length()).max().orElse(1);
    }

    private static String number(Place place) {
        return place.hasLine()
                ? Integer.toString(place.line())
                : place.slot().isPresent() ? place.instruction() + ":" : "";
    }

    private void excerpt(StringBuilder text, Place place, String program, int width, String mark) {
        StringJoiner where = new StringJoiner(", ", " (", ")").setEmptyValue("");
        if (!program.isEmpty() || !place.function().isEmpty()) {
            where.add(place.function().isEmpty() ? program : place.function());
        }
        if (place.slot().isPresent() && place.hasLine()) {
            where.add("instruction " + place.instruction());
        }
        text.append(" ".repeat(width))
                .append(paint.mark("--> "))
                .append(place)
                .append(where)
                .append('\n');
        if (place.text().isBlank()) {
            return;
        }
        String line = expandTabs(place.text());
        text.append(" ".repeat(width)).append(paint.mark(" |")).append('\n');
        text.append(paint.mark(padded(number(place), width) + " |"))
                .append(' ')
                .append(line)
                .append('\n');
        text.append(" ".repeat(width))
                .append(paint.mark(" |"))
                .append(' ')
                .append(caret(place, line, mark))
                .append('\n');
    }

    private String caret(Place place, String line, String mark) {
        int indentation = line.length() - line.stripLeading().length();
        if (place.column() > 0) {
            int column = expandTabs(place.text()
                            .substring(
                                    0, Math.min(place.column() - 1, place.text().length())))
                    .length();
            return " ".repeat(column) + paint.error(mark);
        }
        return " ".repeat(indentation)
                + paint.error(mark.repeat(Math.max(1, line.strip().length())));
    }

    private static String expandTabs(String text) {
        StringBuilder expanded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t') {
                expanded.append(" ".repeat(TAB - expanded.length() % TAB));
            } else {
                expanded.append(Character.isISOControl(c) ? '.' : c);
            }
        }
        return expanded.toString();
    }

    private static String padded(String number, int width) {
        return " ".repeat(width - number.length()) + number;
    }

    private void history(StringBuilder text, Rejection rejection, int width) {
        List<HistoryEntry> entries = rejection.history();
        if (entries.size() < 2) {
            return;
        }
        text.append(" ".repeat(width))
                .append(paint.mark(" = "))
                .append(paint.heading("history"))
                .append(": ")
                .append(rejection.culprit().text())
                .append('\n');
        for (HistoryEntry entry : entries) {
            if (entry.event() != HistoryEntry.Event.USED) {
                String line = entry.place().text().isBlank()
                        ? ""
                        : paint.faint("  ; " + entry.place().text().strip());
                text.append(paint.mark(padded(number(entry.place()), width) + " |"))
                        .append(' ')
                        .append(entry.text())
                        .append(line)
                        .append('\n');
            }
        }
    }

    /** The way to the failure as source lines, with the outcome of branches; the last ones unless all is asked for. */
    private void path(StringBuilder text, Rejection rejection, int width) {
        List<String> lines = new ArrayList<>();
        Place last = Place.PROGRAM;
        for (Step step : rejection.path().steps()) {
            boolean branch = step.branch() != Step.Branch.NONE;
            if (branch || (verbose && !step.place().isSameLine(last))) {
                String outcome = branch ? (step.branch() == Step.Branch.TAKEN ? " -> jumps" : " -> goes on") : "";
                String source = step.place().text().isBlank()
                        ? step.instruction()
                        : step.place().text().strip();
                String shown = paint.mark(padded(
                                        number(step.place()),
                                        Math.max(width, number(step.place()).length())) + " |")
                        + " " + "  ".repeat(step.frame()) + source + paint.faint(outcome);
                if (lines.isEmpty() || !lines.getLast().equals(shown)) { // several branches may belong to one condition
                    lines.add(shown);
                }
            }
            last = step.place();
        }
        if (lines.isEmpty()) {
            return;
        }
        int first = verbose ? 0 : Math.max(0, lines.size() - PATH_LINES);
        text.append(" ".repeat(width))
                .append(paint.mark(" = "))
                .append(paint.heading("path"))
                .append(":\n");
        if (first > 0) {
            text.append(" ".repeat(width))
                    .append(paint.faint(" | ... " + first + " branches before"))
                    .append('\n');
        }
        lines.subList(first, lines.size()).forEach(line -> text.append(line).append('\n'));
    }

    private void note(StringBuilder text, int width, String label, String content) {
        if (!content.isBlank()) {
            text.append(" ".repeat(width))
                    .append(paint.mark(" = "))
                    .append(paint.heading(label))
                    .append(": ")
                    .append(content)
                    .append('\n');
        }
    }
}
