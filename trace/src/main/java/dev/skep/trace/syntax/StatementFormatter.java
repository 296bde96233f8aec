package dev.skep.trace.syntax;

import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Statement;
import java.util.List;
import java.util.Optional;

/** Statements in canonical form: one a line, blocks indented, with their comments and at most one empty line between them. */
final class StatementFormatter {
    private static final int WIDTH = 100;
    private static final int CONTINUATION = 4;

    private final SourceText source;
    private final CommentKeeper comments;
    private final ExpressionFormatter expressions = new ExpressionFormatter(this);
    private CodeWriter out;

    StatementFormatter(SourceText source, CommentKeeper comments, CodeWriter out) {
        this.source = source;
        this.comments = comments;
        this.out = out;
    }

    ExpressionFormatter expressions() {
        return expressions;
    }

    /** Statements and a result in braces, of which the opening one is written already. @param span with the braces */
    void body(Span span, List<Statement> statements, Optional<Expression> result) {
        out.deeper();
        int last = span.start();
        boolean first = true;
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            int next = i + 1 < statements.size()
                    ? statements.get(i + 1).span().start()
                    : result.map(value -> value.span().start()).orElse(span.end());
            last = comments(statement.span(), CommentKeeper.blocks(statement), last, first);
            first = false;
            statement(statement);
            last = after(statement.span().end(), next, last);
        }
        if (result.isPresent()) {
            Expression value = result.get();
            last = comments(value.span(), CommentKeeper.blocks(value), last, first);
            first = false;
            out.line(expressions.text(value));
            last = after(value.span().end(), span.end(), last);
        }
        for (Span comment : comments.before(span.end())) {
            last = comment(comment, last, first);
            first = false;
        }
        out.shallower();
    }

    /** The comments before something and within it. Gives the end of what is written. */
    int comments(Span span, List<Span> blocks, int last, boolean first) {
        int end = last;
        boolean nothingYet = first;
        for (Span comment : comments.before(span.start())) {
            end = comment(comment, end, nothingYet);
            nothingYet = false;
        }
        blankBetween(end, span.start(), nothingYet);
        for (Span comment : comments.within(span, blocks)) {
            comment(comment, comment.start(), true);
        }
        return end;
    }

    /** Comments on the same line, after something. Gives the end of all. */
    int after(int end, int next, int last) {
        int written = Math.max(end, last);
        for (Span comment : comments.after(end, next)) {
            out.append(" " + comment.text().stripTrailing());
            written = comment.end();
        }
        return written;
    }

    /** A comment on lines of its own. */
    int comment(Span comment, int last, boolean first) {
        blankBetween(last, comment.start(), first);
        int column = comment.column() - 1;
        String[] lines = comment.text().split("\n", -1);
        out.line(lines[0].stripTrailing());
        for (int i = 1; i < lines.length; i++) {
            String line = dedented(lines[i], column).stripTrailing();
            if (line.isEmpty()) {
                out.raw("");
            } else {
                out.line(line);
            }
        }
        return comment.end();
    }

    private static String dedented(String line, int columns) {
        int start = 0;
        while (start < columns && start < line.length() && Character.isWhitespace(line.charAt(start))) {
            start++;
        }
        return line.substring(start);
    }

    private void blankBetween(int last, int start, boolean first) {
        if (!first && source.line(start) - source.line(Math.max(0, last - 1)) > 1) {
            out.blank();
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Statement.Block block -> braces("", block);
            case Statement.If choice -> choice(choice);
            case Statement.While loop -> braces("while (" + expressions.text(loop.condition()) + ") ", loop.body());
            case Statement.Unroll loop -> braces("unroll (" + expressions.text(loop.count()) + ") ", loop.body());
            case Statement.ForMap loop ->
                braces("for ($" + loop.element().name() + " : " + expressions.text(loop.map()) + ") ", loop.body());
            case Statement.ForRange loop ->
                braces(
                        "for ($" + loop.counter().name() + " : " + expressions.operand(loop.start()) + ".."
                                + expressions.operand(loop.end()) + ") ",
                        loop.body());
            default -> out.line(simple(statement) + ";");
        }
    }

    private String simple(Statement statement) {
        return switch (statement) {
            case Statement.Evaluate evaluate ->
                value("", evaluate.expression(), expressions.statement(evaluate.expression()));
            case Statement.Discard discard -> value("_ = ", discard.expression());
            case Statement.Assign assign -> {
                String operator = assign.operator().map(one -> one.symbol()).orElse("");
                yield value(expressions.text(assign.target()) + " " + operator + "= ", assign.value());
            }
            case Statement.Let let -> {
                String type = let.type()
                        .map(one -> ": " + expressions.types().of(one))
                        .orElse("");
                String name = "let $" + let.variable().name() + type;
                yield let.value().map(one -> value(name + " = ", one)).orElse(name);
            }
            case Statement.Return back ->
                "return" + back.value().map(one -> " " + expressions.text(one)).orElse("");
            case Statement.Break ignored -> "break";
            case Statement.Continue ignored -> "continue";
            case Statement.Import imported -> "import \"" + Formatter.quoted(imported.path()) + "\"";
            default -> throw new IllegalStateException("no simple statement: " + statement);
        };
    }

    private String value(String before, Expression value) {
        return value(before, value, expressions.text(value));
    }

    /** A value; a call that is too long for a line has its arguments on several. */
    private String value(String before, Expression value, String text) {
        boolean fits = out.indentation() + before.length() + text.length() < WIDTH || text.contains("\n");
        if (fits || !(value instanceof Expression.Call call) || call.arguments().isEmpty()) {
            return before + text;
        }
        String indentation = " ".repeat(out.indentation() + CONTINUATION);
        StringBuilder lines = new StringBuilder(before).append(call.name()).append('(');
        int column = out.indentation() + lines.length();
        for (int i = 0; i < call.arguments().size(); i++) {
            boolean isLast = i == call.arguments().size() - 1;
            String argument = expressions.text(call.arguments().get(i)) + (isLast ? ")" : ",");
            if (i > 0 && column + 1 + argument.length() >= WIDTH) {
                lines.append('\n').append(indentation).append(argument);
                column = indentation.length() + argument.length();
            } else {
                lines.append(i > 0 ? " " : "").append(argument);
                column += argument.length() + (i > 0 ? 1 : 0);
            }
        }
        return lines.toString();
    }

    private void braces(String before, Statement.Block block) {
        out.line(before + "{");
        body(block.span(), block.statements(), Optional.empty());
        out.line("}");
    }

    private void choice(Statement.If first) {
        out.line(head(first.compileTime(), first.condition()));
        Statement.If current = first;
        while (true) {
            body(current.whenTrue().span(), current.whenTrue().statements(), Optional.empty());
            if (current.whenFalse().isEmpty()) {
                break;
            }
            Statement.Block otherwise = current.whenFalse().get();
            boolean isElseIf = otherwise.statements().size() == 1
                    && otherwise.statements().getFirst().span().equals(otherwise.span());
            if (isElseIf && otherwise.statements().getFirst() instanceof Statement.If chained) {
                out.line("} else " + head(chained.compileTime(), chained.condition()));
                current = chained;
            } else {
                out.line("} else {");
                body(otherwise.span(), otherwise.statements(), Optional.empty());
                break;
            }
        }
        out.line("}");
    }

    private String head(boolean compileTime, Expression condition) {
        return "if " + (compileTime ? "comptime " : "") + "(" + expressions.text(condition) + ") {";
    }

    /** A block that is a value: on a line if it is nothing but a value and has no comments. */
    String block(Expression.BlockExpression block) {
        CodeWriter outer = out;
        out = new CodeWriter(outer.level());
        body(block.span(), block.statements(), Optional.of(block.result()));
        String body = out.toString();
        out = outer;
        boolean isShort = block.statements().isEmpty() && body.indexOf('\n') == body.length() - 1;
        return isShort && !body.contains("//")
                ? "{ " + body.strip() + " }"
                : "{\n" + body + " ".repeat(outer.indentation()) + "}";
    }

    /** {@code if} that is a value. */
    String choice(Expression.IfExpression choice) {
        boolean compileTime = choice.condition() instanceof Expression.CompileTime;
        Expression condition =
                choice.condition() instanceof Expression.CompileTime inner ? inner.expression() : choice.condition();
        StringBuilder text = new StringBuilder(head(compileTime, condition));
        text.setLength(text.length() - 1);
        text.append(braced(choice.whenTrue()));
        choice.whenFalse().ifPresent(otherwise -> text.append(" else ").append(otherwise(otherwise)));
        return text.toString();
    }

    private String otherwise(Expression otherwise) {
        boolean isElseIf = otherwise instanceof Expression.BlockExpression block
                && block.statements().isEmpty()
                && block.result() instanceof Expression.IfExpression
                && block.result().span().equals(block.span());
        return isElseIf
                ? choice((Expression.IfExpression) ((Expression.BlockExpression) otherwise).result())
                : braced(otherwise);
    }

    private String braced(Expression expression) {
        return expression instanceof Expression.BlockExpression block
                ? block(block)
                : "{ " + expressions.text(expression) + " }";
    }
}
