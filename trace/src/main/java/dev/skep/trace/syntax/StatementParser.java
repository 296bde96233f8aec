package dev.skep.trace.syntax;

import dev.skep.trace.source.Span;
import dev.skep.trace.source.Spelling;
import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements. One that ends in a brace needs no semicolon; others need one unless they are the last. After an error, parsing
 * goes on with the next statement.
 */
final class StatementParser {
    private static final String BRACES_HINT = "the body needs braces, also around a single statement: if (...) { ... }";

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    StatementParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** Statements in braces. */
    ParsedBlock block() {
        Token open = tokens.peek();
        if (!open.is(TokenKind.LEFT_BRACE)) {
            throw tokens.unexpected("{", BRACES_HINT);
        }
        tokens.enter();
        try {
            tokens.next();
            return contents(open.span());
        } finally {
            tokens.leave();
        }
    }

    /** A block where a value is wanted. */
    Expression blockExpression() {
        int errors = errors();
        ParsedBlock block = block();
        Span brace = tokens.previous().span();
        String instead = block.lastLacksSemicolon() ? ", expecting ;" : "";
        return block.asExpression()
                .orElseThrow(() -> noValue(
                        errors,
                        brace,
                        "syntax error, unexpected }" + instead,
                        "a block that is a value must end in an expression without a semicolon"));
    }

    /** {@code if} where a value is wanted. */
    Expression ifExpression() {
        int errors = errors();
        ParsedBlock.Choice choice = choice();
        return choice.asExpression()
                .orElseThrow(() -> noValue(
                        errors,
                        choice.span(),
                        "this if has no value",
                        "both blocks must end in an expression without a semicolon"));
    }

    private int errors() {
        return tokens.diagnostics().all().size();
    }

    /** Says what is missing, but not where something within is wrong already. */
    private SyntaxError noValue(int errorsBefore, Span place, String message, String hint) {
        if (errors() == errorsBefore) {
            tokens.diagnostics().error(place, message, hint);
        }
        return new SyntaxError();
    }

    private ParsedBlock contents(Span open) {
        List<Statement> statements = new ArrayList<>();
        Optional<ParsedBlock.Tail> tail = Optional.empty();
        boolean lacksSemicolon = false;
        while (!tokens.at(TokenKind.RIGHT_BRACE)) {
            if (tokens.at(TokenKind.END_OF_FILE)) {
                throw tokens.unexpected("}", "the { at " + open.line() + ":" + open.column() + " is not closed");
            }
            try {
                tail = statement(statements);
                lacksSemicolon = !tokens.previous().is(TokenKind.SEMICOLON)
                        && !tokens.previous().is(TokenKind.RIGHT_BRACE);
            } catch (SyntaxError error) {
                tail = Optional.empty();
                recover();
            }
        }
        tokens.next();
        return new ParsedBlock(tokens.since(open), statements, tail, lacksSemicolon);
    }

    /** Goes to the next statement, or to the brace that ends this block. */
    private void recover() {
        int depth = 0;
        while (!tokens.at(TokenKind.END_OF_FILE)) {
            if (tokens.at(TokenKind.RIGHT_BRACE)) {
                if (depth == 0) {
                    return;
                }
                tokens.next();
                depth--;
                if (depth == 0) {
                    return;
                }
                continue;
            }
            Token token = tokens.next();
            if (token.is(TokenKind.LEFT_BRACE)) {
                depth++;
            } else if (token.is(TokenKind.SEMICOLON) && depth == 0) {
                return;
            }
        }
    }

    /** Adds the next statement, or gives it back if it is the last and may be the value of all. */
    private Optional<ParsedBlock.Tail> statement(List<Statement> statements) {
        Token token = tokens.peek();
        if (token.is(TokenKind.LEFT_BRACE)) {
            return lastOrDone(new ParsedBlock.Nested(block()), statements);
        }
        if (token.isWord("if") || (token.isWord("comptime") && tokens.peek(1).isWord("if"))) {
            return lastOrDone(choice(), statements);
        }
        if (token.is(TokenKind.IDENTIFIER) && isLoop(token.text())) {
            statements.add(loop(token.text()));
            tokens.take(TokenKind.SEMICOLON);
            return Optional.empty();
        }
        Statement simple = simpleStatement(token);
        boolean ended = tokens.take(TokenKind.SEMICOLON);
        if (!ended && tokens.at(TokenKind.COLON)) {
            throw tokens.unexpected("", "a variable with a type is declared with let: let $name: type");
        }
        if (!ended && !tokens.at(TokenKind.RIGHT_BRACE)) {
            throw tokens.unexpected("; or }", misspelt(token));
        }
        if (!ended && simple instanceof Statement.Evaluate evaluate) {
            return Optional.of(new ParsedBlock.Value(evaluate.expression()));
        }
        statements.add(simple);
        return Optional.empty();
    }

    /** The keyword that was probably meant by the word that starts a statement. */
    private static String[] misspelt(Token first) {
        return first.is(TokenKind.IDENTIFIER) ? Spelling.hints(first.text(), Keyword.ofStatements()) : new String[0];
    }

    private Optional<ParsedBlock.Tail> lastOrDone(ParsedBlock.Tail tail, List<Statement> statements) {
        if (tokens.at(TokenKind.RIGHT_BRACE)) {
            return Optional.of(tail);
        }
        statements.add(tail.asStatement());
        tokens.take(TokenKind.SEMICOLON);
        return Optional.empty();
    }

    private static boolean isLoop(String word) {
        return word.equals("while") || word.equals("for") || word.equals("unroll");
    }

    private Statement loop(String word) {
        return switch (word) {
            case "while" -> whileLoop();
            case "unroll" -> unroll();
            default -> forLoop();
        };
    }

    private ParsedBlock.Choice choice() {
        Span start = tokens.peek().span();
        boolean compileTime = tokens.takeWord("comptime");
        tokens.next();
        boolean comptimeCondition = tokens.atWord("comptime") && tokens.takeWord("comptime");
        Expression condition = expressions.condition();
        ParsedBlock whenTrue = block();
        Optional<ParsedBlock> whenFalse = Optional.empty();
        if (tokens.takeWord("else")) {
            whenFalse = Optional.of(tokens.atWord("if") ? chained() : block());
        }
        return new ParsedBlock.Choice(
                tokens.since(start), compileTime || comptimeCondition, condition, whenTrue, whenFalse);
    }

    /** {@code else if}. */
    private ParsedBlock chained() {
        tokens.enter();
        try {
            ParsedBlock.Choice choice = choice();
            return new ParsedBlock(choice.span(), List.of(), Optional.of(choice), false);
        } finally {
            tokens.leave();
        }
    }

    private Statement whileLoop() {
        Span start = tokens.next().span();
        Expression condition = expressions.condition();
        Statement.Block body = block().asBlock();
        return new Statement.While(tokens.since(start), condition, body);
    }

    private Statement unroll() {
        Span start = tokens.next().span();
        Expression count = expressions.condition();
        Statement.Block body = block().asBlock();
        return new Statement.Unroll(tokens.since(start), count, body);
    }

    private Statement forLoop() {
        Span start = tokens.next().span();
        boolean parenthesised = tokens.take(TokenKind.LEFT_PARENTHESIS);
        Token name = tokens.expect(TokenKind.VARIABLE);
        Expression.Variable variable = new Expression.Variable(name.span(), name.text());
        tokens.expect(TokenKind.COLON);
        Expression first = expressions.condition();
        Optional<Expression> end = Optional.empty();
        if (tokens.take(TokenKind.DOT)) {
            tokens.expect(TokenKind.DOT);
            end = Optional.of(expressions.condition());
        } else if (!PrimaryParser.isPlace(first)) {
            throw tokens.unexpected(
                    "[ or . or ->", "a range is written start..end, its ends in parentheses if they are sums");
        }
        if (parenthesised) {
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        }
        Statement.Block body = block().asBlock();
        Span span = tokens.since(start);
        return end.<Statement>map(last -> new Statement.ForRange(span, variable, first, last, body))
                .orElseGet(() -> new Statement.ForMap(span, variable, first, body));
    }

    private Statement simpleStatement(Token token) {
        if (token.is(TokenKind.IDENTIFIER)) {
            switch (token.text()) {
                case "break" -> {
                    tokens.next();
                    return new Statement.Break(token.span());
                }
                case "continue" -> {
                    tokens.next();
                    return new Statement.Continue(token.span());
                }
                case "return" -> {
                    return returning();
                }
                case "let" -> {
                    return let();
                }
                case "_" -> {
                    return discard();
                }
                case "import" -> {
                    return importing();
                }
                default -> {}
            }
        }
        return evaluateOrAssign();
    }

    private Statement returning() {
        Span start = tokens.next().span();
        boolean ends = tokens.at(TokenKind.SEMICOLON) || tokens.at(TokenKind.RIGHT_BRACE);
        Optional<Expression> value = ends ? Optional.empty() : Optional.of(expressions.expression());
        return new Statement.Return(tokens.since(start), value);
    }

    private Statement discard() {
        Span start = tokens.next().span();
        tokens.expect(TokenKind.ASSIGN);
        Expression value = expressions.expression();
        return new Statement.Discard(tokens.since(start), value);
    }

    private Statement importing() {
        Span start = tokens.next().span();
        Token path = tokens.expect(TokenKind.STRING);
        return new Statement.Import(tokens.since(start), path.utf8());
    }

    private Statement let() {
        Span start = tokens.next().span();
        Token name = tokens.expect(TokenKind.VARIABLE);
        Expression.Variable variable = new Expression.Variable(name.span(), name.text());
        Optional<TypeName> type =
                tokens.take(TokenKind.COLON) ? Optional.of(expressions.types().type()) : Optional.empty();
        Optional<Expression> value =
                tokens.take(TokenKind.ASSIGN) ? Optional.of(expressions.expression()) : Optional.empty();
        return new Statement.Let(tokens.since(start), variable, type, value);
    }

    private Statement evaluateOrAssign() {
        Expression target = expressions.expression();
        Token operator = tokens.peek();
        if (!Operators.isAssignment(operator)) {
            return new Statement.Evaluate(target.span(), target);
        }
        if (target instanceof Expression.TupleAccess) {
            tokens.next();
            expressions.expression();
            tokens.diagnostics()
                    .error(
                            tokens.since(target.span()),
                            "Tuples are immutable once created. Consider creating a new tuple and assigning it instead.");
            throw new SyntaxError();
        }
        if (!PrimaryParser.isPlace(target)) {
            String instead = target instanceof Expression.Identifier ? "++ or --" : "";
            throw tokens.unexpected(instead, "only a variable ($name) or a map (@name) can be assigned to");
        }
        tokens.next();
        Optional<BinaryOperator> calculation = Operators.compound(operator);
        Expression value = expressions.expression();
        return new Statement.Assign(target.span().to(value.span()), target, calculation, value);
    }
}
