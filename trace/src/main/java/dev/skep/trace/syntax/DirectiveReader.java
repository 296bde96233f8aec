package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what lines of C's preprocessor say: keeps what is defined, and which lines count. */
final class DirectiveReader {
    private static final Pattern HEADER = Pattern.compile("[<\"]([^>\"]+)[>\"]");

    private final CMacros macros;
    private final Diagnostics diagnostics;
    private final Deque<Condition> conditions = new ArrayDeque<>();

    DirectiveReader(CMacros macros, Diagnostics diagnostics) {
        this.macros = macros;
        this.diagnostics = diagnostics;
    }

    /** An {@code #if} that is not ended. @param taken true once one of its branches counted */
    private record Condition(Span span, boolean outer, boolean active, boolean taken) {}

    /** True if what stands here counts. */
    boolean isActive() {
        return conditions.isEmpty() || conditions.getFirst().active();
    }

    /** Says so if an {@code #if} is not ended. */
    void end() {
        conditions.forEach(
                open -> diagnostics.error(open.span(), "unterminated conditional directive", "end it with #endif"));
    }

    /** Does what a line says. */
    void read(Span line) {
        List<Token> tokens = tokens(line.source(), line.start() + 1, line.end());
        if (tokens.isEmpty()) {
            return;
        }
        String name = tokens.getFirst().text();
        List<Token> rest = tokens.subList(1, tokens.size());
        switch (name) {
            case "if" -> open(line, isActive() && isTrue(rest, line));
            case "ifdef" -> open(line, isActive() && isDefined(rest, line));
            case "ifndef" -> open(line, isActive() && !isDefined(rest, line));
            case "elif" -> otherwise(line, Optional.of(rest));
            case "else" -> otherwise(line, Optional.empty());
            case "endif" -> close(line);
            default -> {
                if (isActive()) {
                    active(name, rest, line);
                }
            }
        }
    }

    private void active(String name, List<Token> rest, Span line) {
        switch (name) {
            case "define" -> define(rest, line);
            case "undef" -> rest.stream().findFirst().ifPresent(one -> macros.undefine(one.text()));
            case "include", "include_next" -> include(line);
            case "pragma", "line", "ident", "warning" -> {}
            case "error" -> diagnostics.error(line, "#error" + after(rest));
            default -> diagnostics.error(line, "invalid preprocessing directive: #" + name);
        }
    }

    private void include(Span line) {
        Matcher name = HEADER.matcher(line.text());
        if (!name.find()) {
            diagnostics.error(line, "expected \"FILENAME\" or <FILENAME>");
            return;
        }
        String file = String.valueOf(name.group(1));
        if (!KnownHeaders.contains(file)) {
            diagnostics.error(
                    line,
                    "'" + file + "' file not found",
                    "headers of the kernel and of C's library need not be there, others are not read:"
                            + " copy the definitions that are needed into the script");
        }
    }

    private static String after(List<Token> rest) {
        return rest.isEmpty()
                ? ""
                : " " + rest.getFirst().span().to(rest.getLast().span()).text();
    }

    private void open(Span line, boolean active) {
        conditions.push(new Condition(line, isActive(), active, active));
    }

    private void otherwise(Span line, Optional<List<Token>> condition) {
        if (conditions.isEmpty()) {
            diagnostics.error(line, line.text().strip() + " without #if");
            return;
        }
        Condition before = conditions.pop();
        boolean mayBe = before.outer() && !before.taken();
        boolean active = mayBe && (condition.isEmpty() || isTrue(condition.get(), line));
        conditions.push(new Condition(before.span(), before.outer(), active, before.taken() || active));
    }

    private void close(Span line) {
        if (conditions.isEmpty()) {
            diagnostics.error(line, "#endif without #if");
        } else {
            conditions.pop();
        }
    }

    private boolean isDefined(List<Token> rest, Span line) {
        if (rest.isEmpty() || !rest.getFirst().is(TokenKind.IDENTIFIER)) {
            diagnostics.error(line, "macro name missing");
            return false;
        }
        return macros.isDefined(rest.getFirst().text());
    }

    private boolean isTrue(List<Token> condition, Span line) {
        CTokens tokens = new CTokens(macros.expanded(withoutDefined(condition)), line, diagnostics);
        CConstantExpression.Sizes none = new CConstantExpression.Sizes() {
            @Override
            public boolean atType() {
                return false;
            }

            @Override
            public long size() {
                throw tokens.error(line, "no types in #if");
            }
        };
        try {
            boolean value = new CConstantExpression(tokens, name -> Optional.of(0L), none).value() != 0;
            if (!tokens.atEnd()) {
                diagnostics.error(
                        tokens.peek().span(), "unexpected " + tokens.peek().shown() + " in #if");
            }
            return value;
        } catch (SyntaxError error) {
            return false;
        }
    }

    /** {@code defined(NAME)} and {@code defined NAME} as numbers, as their names must not be replaced. */
    private List<Token> withoutDefined(List<Token> condition) {
        List<Token> all = new ArrayList<>();
        for (int i = 0; i < condition.size(); i++) {
            Token token = condition.get(i);
            if (!token.isWord("defined")) {
                all.add(token);
                continue;
            }
            boolean parenthesised =
                    i + 1 < condition.size() && condition.get(i + 1).is(TokenKind.LEFT_PARENTHESIS);
            int name = parenthesised ? i + 2 : i + 1;
            boolean defined = name < condition.size()
                    && macros.isDefined(condition.get(name).text());
            all.add(new Token(TokenKind.INTEGER, token.span(), defined ? "1" : "0", defined ? 1 : 0));
            i = parenthesised ? name + 1 : name;
        }
        return all;
    }

    private void define(List<Token> rest, Span line) {
        if (rest.isEmpty() || !rest.getFirst().is(TokenKind.IDENTIFIER)) {
            diagnostics.error(line, "macro name missing", "#define NAME value");
            return;
        }
        Token name = rest.getFirst();
        int body = 1;
        Optional<List<String>> parameters = Optional.empty();
        boolean isFunction = rest.size() > 1 && rest.get(1).is(TokenKind.LEFT_PARENTHESIS) && name.touches(rest.get(1));
        if (isFunction) {
            List<String> names = new ArrayList<>();
            body = 2;
            while (body < rest.size() && !rest.get(body).is(TokenKind.RIGHT_PARENTHESIS)) {
                if (rest.get(body).is(TokenKind.IDENTIFIER)) {
                    names.add(rest.get(body).text());
                }
                body++;
            }
            body = Math.min(body + 1, rest.size());
            parameters = Optional.of(names);
        }
        List<Token> tokens = rest.subList(body, rest.size());
        Span text = tokens.isEmpty()
                ? new Span(line.source(), line.end(), line.end())
                : tokens.getFirst().span().to(tokens.getLast().span());
        macros.define(new CMacro(name.text(), parameters, text, tokens));
    }

    /** The tokens between two places; what continues a line is none. */
    static List<Token> tokens(SourceText source, int start, int end) {
        Lexer lexer = new Lexer(source);
        List<Token> all = new ArrayList<>();
        Token token = lexer.lex(start).token();
        while (!token.is(TokenKind.END_OF_FILE) && token.span().start() < end) {
            if (!token.is(TokenKind.INVALID) || !token.span().text().equals("\\")) {
                all.add(token);
            }
            token = lexer.lex(token.span().end()).token();
        }
        return all;
    }
}
