package dev.skep.verifier.report;

import dev.skep.verifier.Fix;
import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Place;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Statistics;
import dev.skep.verifier.Step;
import java.util.List;

/**
 * Verdicts as one page of HTML that needs nothing else: a path can be stepped through with the arrow keys, source, instructions
 * and registers side by side. Light or dark as the reader's system is.
 */
public final class HtmlReport {
    /** What the page shows of one program. @param object the file, as the user named it */
    public record Entry(String object, ProgramVerdict verdict) {}

    private final StringBuilder html = new StringBuilder();

    private HtmlReport() {}

    /** The page. */
    public static String of(List<Entry> entries) {
        HtmlReport report = new HtmlReport();
        report.page(entries);
        return report.html.toString();
    }

    private void page(List<Entry> entries) {
        long rejected =
                entries.stream().filter(entry -> !entry.verdict().isAccepted()).count();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>skep verify</title>\n<style>")
                .append(HtmlAssets.STYLE)
                .append("</style></head><body>\n<h1>skep verify</h1>\n<p>")
                .append(entries.size() - rejected)
                .append(" accepted, ")
                .append(rejected)
                .append(" rejected</p>\n");
        entries.forEach(this::program);
        html.append("<script>").append(HtmlAssets.SCRIPT).append("</script></body></html>\n");
    }

    private void program(Entry entry) {
        ProgramVerdict verdict = entry.verdict();
        html.append("<section class=\"")
                .append(verdict.isAccepted() ? "accepted" : "rejected")
                .append("\"><h2>")
                .append(escape(verdict.program()))
                .append(" <small>")
                .append(escape(entry.object()))
                .append("</small></h2>\n");
        switch (verdict) {
            case ProgramVerdict.Accepted accepted -> {
                html.append("<p class=\"verdict\">accepted</p>\n");
                accepted.warnings()
                        .forEach(warning -> html.append("<p class=\"warning\">")
                                .append(escape(warning.message()))
                                .append(" (")
                                .append(escape(warning.place().toString()))
                                .append(")</p>\n"));
            }
            case ProgramVerdict.Rejected rejected -> rejection(rejected.rejection());
        }
        statistics(verdict.statistics());
        html.append("</section>\n");
    }

    private void rejection(Rejection rejection) {
        html.append("<p class=\"verdict\">rejected: <b>")
                .append(rejection.cause().id())
                .append("</b></p>\n<p class=\"message\">")
                .append(escape(rejection.message()))
                .append("</p>\n");
        line("fails", rejection.place());
        if (!rejection.rootCause().equals(rejection.place())) {
            line("cause", rejection.rootCause());
        }
        html.append("<p class=\"help\">").append(escape(rejection.suggestion())).append("</p>\n");
        rejection.fixes().stream().filter(Fix::verified).forEach(this::fix);
        rejection
                .counterexample()
                .ifPresent(example -> html.append("<p class=\"help\">Goes wrong with ")
                        .append(escape(CounterexampleText.of(example)))
                        .append("</p>\n"));
        html.append("<p class=\"kernel\"><code>")
                .append(escape(rejection.kernelMessage()))
                .append("</code></p>\n");
        history(rejection.history());
        steps(rejection.path());
    }

    private void fix(Fix fix) {
        String where = FixText.where(fix);
        html.append("<p class=\"message\">Fix (verified): ")
                .append(escape((where.isEmpty() ? "" : where + ": ") + fix.description()))
                .append("</p>\n<pre class=\"fix\">");
        FixText.lines(fix)
                .forEach(line -> html.append(line.mark())
                        .append(' ')
                        .append(escape(line.text()))
                        .append('\n'));
        html.append("</pre>\n");
    }

    private void line(String label, Place place) {
        html.append("<p class=\"place\"><span>")
                .append(label)
                .append("</span> ")
                .append(escape(place.toString()))
                .append(
                        place.text().isBlank()
                                ? ""
                                : "<code>" + escape(place.text().strip()) + "</code>")
                .append("</p>\n");
    }

    private void history(List<HistoryEntry> history) {
        if (history.size() < 2) {
            return;
        }
        html.append("<h3>History</h3><ol class=\"history\">\n");
        for (HistoryEntry entry : history) {
            html.append("<li class=\"")
                    .append(HtmlAssets.name(entry.event()))
                    .append("\" data-insn=\"")
                    .append(entry.place().instruction())
                    .append("\"><span>")
                    .append(escape(entry.place().toString()))
                    .append("</span> ")
                    .append(escape(entry.text()))
                    .append("</li>\n");
        }
        html.append("</ol>\n");
    }

    private void steps(Rejection.Path path) {
        if (path.steps().isEmpty()) {
            return;
        }
        html.append("<h3>Path</h3><p class=\"hint\">Arrow keys step, Home and End go to the ends.")
                .append(path.omitted() > 0 ? " The first " + path.omitted() + " steps are left out." : "")
                .append("</p>\n<div class=\"path\" tabindex=\"0\"><ol class=\"source\">\n");
        Place last = Place.PROGRAM;
        for (int index = 0; index < path.steps().size(); index++) {
            Place place = path.steps().get(index).place();
            if (place.hasLine() && !place.isSameLine(last)) {
                html.append("<li data-step=\"")
                        .append(index)
                        .append("\"><span>")
                        .append(place.line())
                        .append("</span>")
                        .append(escape(place.text()))
                        .append("</li>\n");
            }
            last = place;
        }
        html.append("</ol><ol class=\"code\">\n");
        for (int index = 0; index < path.steps().size(); index++) {
            step(path.steps().get(index), index);
        }
        html.append("</ol><div class=\"state\"></div></div>\n");
    }

    private void step(Step step, int index) {
        String branch = switch (step.branch()) {
            case NONE -> "";
            case TAKEN -> " <em>jumps</em>";
            case NOT_TAKEN -> " <em>goes on</em>";
        };
        html.append("<li data-step=\"").append(index).append("\" data-state=\"");
        step.state().forEach((name, value) -> html.append(escape(name + "\t" + value + "\n")));
        html.append("\"><span>")
                .append(step.place().instruction())
                .append("</span>")
                .append("&nbsp;".repeat(2 * step.frame()))
                .append(escape(step.instruction()))
                .append(branch)
                .append("</li>\n");
    }

    private void statistics(Statistics statistics) {
        html.append("<p class=\"statistics\">")
                .append(statistics.instructionsProcessed())
                .append(" instructions processed, ")
                .append(statistics.peakStates())
                .append(" states at most, ")
                .append(statistics.stackDepth())
                .append(" bytes of stack");
        statistics
                .oldestKernel()
                .ifPresent(kernel -> html.append(", Linux ").append(kernel).append(" and later"));
        html.append("</p>\n");
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n' -> escaped.append("&#10;");
                default -> escaped.append(Character.isISOControl(c) && c != '\t' ? '.' : c);
            }
        }
        return escaped.toString();
    }
}
