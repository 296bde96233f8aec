package dev.skep.trace.syntax;

import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prints scripts in canonical form: two spaces of indentation, one statement a line, parentheses only where they change something,
 * {@code .} for {@code ->}. Comments and single empty lines stay, and so do lines of C. Formatting twice gives the same as once.
 */
public final class Formatter {
    private static final char DELETE = 0x7f;

    private final SourceText source;
    private final CommentKeeper comments;
    private final CodeWriter out = new CodeWriter(0);
    private final StatementFormatter statements;
    private final ExpressionFormatter expressions;

    private Formatter(Script script) {
        this.source = script.source();
        this.comments = new CommentKeeper(script);
        this.statements = new StatementFormatter(source, comments, out);
        this.expressions = statements.expressions();
    }

    /** The text of a script in canonical form. @param script as {@link Parser} gives it, read without an error */
    public static String format(Script script) {
        Formatter formatter = new Formatter(script);
        formatter.items(script.items());
        return formatter.out.toString();
    }

    private void items(List<Script.Item> items) {
        int last = 0;
        for (int i = 0; i < items.size(); i++) {
            Script.Item item = items.get(i);
            if (i > 0 && (isLarge(item) || isLarge(items.get(i - 1)))) {
                out.blank();
            }
            int next = i + 1 < items.size()
                    ? items.get(i + 1).span().start()
                    : source.text().length();
            last = statements.comments(item.span(), CommentKeeper.blocks(item), last, out.isEmpty());
            item(item);
            last = statements.after(item.span().end(), next, last);
        }
        for (Span comment : comments.before(source.text().length() + 1)) {
            last = statements.comment(comment, last, out.isEmpty());
        }
    }

    private static boolean isLarge(Script.Item item) {
        return item instanceof Script.Probe
                || item instanceof Script.Macro
                || item instanceof Script.Function
                || item instanceof Script.Config;
    }

    private void item(Script.Item item) {
        switch (item) {
            case Script.Interpreter one -> out.line(one.span().text().strip());
            case Script.Directive one -> verbatim(one.span());
            case Script.Definition one -> verbatim(one.span());
            case Script.Import one -> out.line("import \"" + quoted(one.path()) + "\";");
            case Script.Config one -> config(one);
            case Script.MapDeclaration one ->
                out.line(
                        "let @" + one.map().name() + " = " + one.type() + "(" + expressions.text(one.entries()) + ");");
            case Script.Macro one -> macro(one);
            case Script.Function one -> function(one);
            case Script.Probe one -> probe(one);
        }
    }

    /** C stays as it is, but for spaces at the ends of lines. */
    private void verbatim(Span span) {
        for (String line : span.text().split("\n", -1)) {
            out.raw(line.stripTrailing());
        }
    }

    private void config(Script.Config config) {
        out.line("config = {");
        out.deeper();
        int last = config.span().start();
        boolean first = true;
        for (int i = 0; i < config.settings().size(); i++) {
            Script.Setting setting = config.settings().get(i);
            int next = i + 1 < config.settings().size()
                    ? config.settings().get(i + 1).span().start()
                    : config.span().end();
            last = statements.comments(setting.span(), List.of(), last, first);
            first = false;
            out.line(setting.name() + " = " + expressions.text(setting.value()) + ";");
            last = statements.after(setting.span().end(), next, last);
        }
        for (Span comment : comments.before(config.span().end())) {
            last = statements.comment(comment, last, first);
            first = false;
        }
        out.shallower();
        out.line("}");
    }

    private void macro(Script.Macro macro) {
        out.line("macro " + macro.name() + "(" + expressions.list(macro.parameters()) + ") {");
        statements.body(CommentKeeper.body(macro), macro.body(), macro.result());
        out.line("}");
    }

    private void function(Script.Function function) {
        String parameters = function.parameters().stream()
                .map(one ->
                        "$" + one.variable().name() + ": " + expressions.types().of(one.type()))
                .collect(Collectors.joining(", "));
        out.line("fn " + function.name() + "(" + parameters + "): "
                + expressions.types().of(function.result()) + " {");
        statements.body(function.body().span(), function.body().statements(), Optional.empty());
        out.line("}");
    }

    private void probe(Script.Probe probe) {
        List<String> points =
                probe.attachPoints().stream().map(Formatter::attachPoint).toList();
        for (String point : points.subList(0, points.size() - 1)) {
            out.line(point + ",");
        }
        Optional<Expression> predicate = probe.predicate();
        if (predicate.isPresent()) {
            out.line(points.getLast());
            out.line(predicate(expressions.text(predicate.get())) + " {");
        } else {
            out.line(points.getLast() + " {");
        }
        statements.body(probe.body().span(), probe.body().statements(), Optional.empty());
        out.line("}");
    }

    /** With a space where the slash would else start a comment. */
    private static String predicate(String text) {
        return (text.startsWith("*") ? "/ " : "/") + text + "/";
    }

    private static String attachPoint(Script.AttachPoint point) {
        String name = point.name().map(one -> one + "=").orElse("");
        return name
                + point.parts().stream()
                        .map(part ->
                                part.pieces().stream().map(Formatter::piece).collect(Collectors.joining()))
                        .collect(Collectors.joining(":"));
    }

    private static String piece(Script.AttachPart.Piece piece) {
        return switch (piece) {
            case Script.AttachPart.Piece.Text text -> text.quoted() ? "\"" + quoted(text.text()) + "\"" : text.text();
            case Script.AttachPart.Piece.Parameter parameter -> "$" + parameter.number();
        };
    }

    /** A text as it stands between quotation marks. */
    static String quoted(String text) {
        StringBuilder all = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> all.append('\\').append(c);
                case '\n' -> all.append("\\n");
                case '\t' -> all.append("\\t");
                case '\r' -> all.append("\\r");
                default -> {
                    boolean control = c < ' ' || c == DELETE;
                    all.append(control ? String.format(Locale.ROOT, "\\%03o", (int) c) : String.valueOf(c));
                }
            }
        }
        return all.toString();
    }
}
