package dev.skep.cli.machine;

import dev.skep.cli.output.Style;
import dev.skep.cli.output.Table;
import dev.skep.linux.feature.Support;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Prints a {@link FeatureReport} for people. */
final class FeaturesText {
    /** Of so few helpers names are shown, of more their number. */
    private static final int FEW_HELPERS = 8;

    private final FeatureReport report;
    private final Style style;
    private final PrintWriter out;

    FeaturesText(FeatureReport report, Style style, PrintWriter out) {
        this.report = report;
        this.style = style;
        this.out = out;
    }

    /** @param namesHelpers whether to name all helpers rather than count them */
    void print(boolean namesHelpers) {
        out.println(style.bold("Linux " + report.kernel()));
        section("Parameters", parameters());
        section(
                "Configuration"
                        + report.configurationFile()
                                .map(file -> " (" + file + ")")
                                .orElse(""),
                options());
        section("Features", features());
        section("Types of programs", findings(report.programTypes()));
        section("Types of maps", findings(report.mapTypes()));
        section("Ways to attach", findings(report.attachTypes()));
        section("Helpers", helpers(namesHelpers));
    }

    private void section(String title, Table table) {
        if (!table.isEmpty()) {
            out.println();
            out.println(style.bold(title + ":"));
            table.print(out, "  ", style);
        }
    }

    private Table parameters() {
        Table table = new Table("NAME", ">VALUE", "MEANING");
        for (FeatureReport.Parameter parameter : report.parameters()) {
            table.row(parameter.name(), parameter.value().map(String::valueOf).orElse("-"), parameter.meaning());
        }
        return table;
    }

    private Table options() {
        Table table = new Table("OPTION", "VALUE", "FOR");
        for (FeatureReport.Option option : report.options()) {
            table.row(
                    option.option().option(),
                    option.value().orElse("-"),
                    option.option().purpose());
        }
        return table;
    }

    private Table features() {
        Table table = new Table("AVAILABLE", "NAME", "SINCE", "WHAT");
        for (var finding : report.features()) {
            String reason = finding.support().explanation();
            table.painted(
                    colour(finding.support()),
                    word(finding.support()),
                    finding.name(),
                    finding.subject().since(),
                    finding.subject().description() + (reason.isEmpty() ? "" : ": " + reason));
        }
        return table;
    }

    private <T> Table findings(List<FeatureReport.Finding<T>> findings) {
        Table table = new Table("AVAILABLE", "NAME", "WHY NOT");
        for (var finding : findings) {
            table.painted(
                    colour(finding.support()),
                    word(finding.support()),
                    finding.name(),
                    finding.support().explanation());
        }
        return table;
    }

    private Table helpers(boolean named) {
        Table table = new Table("PROGRAMS", "HELPERS");
        for (FeatureReport.Helpers helpers : report.helpers()) {
            boolean few = named || helpers.findings().size() <= FEW_HELPERS;
            table.row(
                    helpers.type().uapiName(),
                    helpers.ignorance().orElseGet(() -> few ? names(helpers) : String.valueOf(helpers.available())));
        }
        return table;
    }

    private static String names(FeatureReport.Helpers helpers) {
        String names = helpers.findings().stream()
                .filter(finding -> finding.support().isAvailable())
                .map(FeatureReport.Finding::name)
                .collect(Collectors.joining(" "));
        return names.isEmpty() ? "none" : names;
    }

    private static String word(Support support) {
        return switch (support) {
            case Support.Available _ -> "yes";
            case Support.Missing _ -> "no";
            case Support.Unknown _ -> "unknown";
        };
    }

    private UnaryOperator<String> colour(Support support) {
        return switch (support) {
            case Support.Available _ -> style::green;
            case Support.Missing _ -> style::red;
            case Support.Unknown _ -> style::yellow;
        };
    }
}
