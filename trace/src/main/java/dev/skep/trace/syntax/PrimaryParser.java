package dev.skep.trace.syntax;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operands: literals, names, calls, parentheses, and the members and elements of them. */
final class PrimaryParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final TypeNameParser types;
    private final StatementParser statements;

    PrimaryParser(TokenStream tokens, ExpressionParser expressions, TypeNameParser types) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.types = types;
        this.statements = new StatementParser(tokens, expressions);
    }

    StatementParser statements() {
        return statements;
    }

    /** True for what has an address and can be stepped. */
    static boolean isPlace(Expression expression) {
        return expression instanceof Expression.Variable
                || expression instanceof Expression.MapName
                || expression instanceof Expression.MapElement;
    }

    /** A variable, a map or an element of a map. */
    Expression place() {
        Token token = tokens.next();
        if (token.is(TokenKind.VARIABLE)) {
            return new Expression.Variable(token.span(), token.text());
        }
        Expression.MapName map = new Expression.MapName(token.span(), token.text());
        if (!tokens.take(TokenKind.LEFT_BRACKET)) {
            return map;
        }
        List<Expression> keys = expressions.list();
        tokens.expect(TokenKind.RIGHT_BRACKET);
        Expression key = keys.size() == 1
                ? keys.getFirst()
                : new Expression.Tuple(keys.getFirst().span().to(keys.getLast().span()), keys);
        return new Expression.MapElement(tokens.since(token.span()), map, key);
    }

    /** An operand with the members and elements after it. */
    Expression postfix() {
        Expression value = primary();
        for (int suffixes = 0; ; suffixes++) {
            Optional<Expression> longer = suffix(value);
            if (longer.isEmpty()) {
                return value;
            }
            if (suffixes > Parser.LONGEST_CHAIN) {
                tokens.diagnostics().error(value.span(), "too many members, at most " + Parser.LONGEST_CHAIN);
                throw new SyntaxError();
            }
            value = longer.get();
        }
    }

    /** The value with a member, an element or a step after it, if that is what comes next. */
    private Optional<Expression> suffix(Expression value) {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case DOT -> tokens.peek(1).is(TokenKind.DOT) ? Optional.empty() : Optional.of(member(value));
            case ARROW -> Optional.of(member(value));
            case LEFT_BRACKET -> Optional.of(element(value));
            case INCREMENT, DECREMENT -> stepAfter(value, token);
            default -> Optional.empty();
        };
    }

    private Expression member(Expression object) {
        boolean arrow = tokens.next().is(TokenKind.ARROW);
        Token name = tokens.peek();
        if (name.is(TokenKind.IDENTIFIER)) {
            tokens.next();
            return new Expression.FieldAccess(tokens.since(object.span()), object, name.text(), name.span());
        }
        if (name.is(TokenKind.INTEGER) && !arrow && name.value() >= 0 && name.value() <= Integer.MAX_VALUE) {
            tokens.next();
            return new Expression.TupleAccess(tokens.since(object.span()), object, (int) name.value());
        }
        throw tokens.unexpected("");
    }

    private Expression element(Expression array) {
        tokens.next();
        Expression index = expressions.expression();
        tokens.expect(TokenKind.RIGHT_BRACKET);
        return new Expression.Index(tokens.since(array.span()), array, index);
    }

    private Optional<Expression> stepAfter(Expression target, Token operator) {
        if (target instanceof Expression.Identifier) {
            tokens.diagnostics()
                    .error(target.span(), "The " + operator.text() + " operator must be applied to a map or variable");
            throw new SyntaxError();
        }
        if (!isPlace(target)) {
            return Optional.empty();
        }
        tokens.next();
        int by = operator.is(TokenKind.INCREMENT) ? 1 : -1;
        return Optional.of(new Expression.Step(tokens.since(target.span()), target, by, false));
    }

    private Expression primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case INTEGER -> integer();
            case STRING -> {
                tokens.next();
                yield new Expression.StringLiteral(token.span(), token.text());
            }
            case PARAMETER -> parameter();
            case PARAMETER_COUNT -> {
                tokens.next();
                yield new Expression.ParameterCount(token.span());
            }
            case VARIABLE, MAP -> place();
            case LEFT_PARENTHESIS -> parenthesised();
            case LEFT_BRACE -> statements.blockExpression();
            case IDENTIFIER -> word(token);
            default -> throw tokens.unexpected("");
        };
    }

    private Expression integer() {
        Token token = tokens.next();
        boolean unsigned = token.value() < 0 || token.text().matches(".*[0-9a-fA-F][uU][lL]*");
        return new Expression.IntegerLiteral(token.span(), token.value(), unsigned);
    }

    private Expression parameter() {
        Token token = tokens.next();
        String digits = token.text().substring(1);
        if (digits.length() > 18 || Long.parseLong(digits) == 0) {
            tokens.diagnostics()
                    .error(
                            token.span(),
                            "param " + token.text() + " is out of integer range [1, " + Long.MAX_VALUE + "]",
                            "the first argument of the command line is $1");
            throw new SyntaxError();
        }
        int number = (int) Math.min(Long.parseLong(digits), Integer.MAX_VALUE);
        return new Expression.PositionalParameter(token.span(), number);
    }

    private Expression word(Token token) {
        return switch (token.text()) {
            case "true", "false" -> {
                tokens.next();
                yield new Expression.BooleanLiteral(token.span(), token.text().equals("true"));
            }
            case "sizeof" -> sizeOf();
            case "offsetof" -> offsetOf();
            case "typeinfo" -> typeInfo();
            case "if" -> statements.ifExpression();
            default -> name();
        };
    }

    private Expression name() {
        if (Keyword.isReserved(tokens.peek().text()) && !tokens.atWord("config")) {
            throw tokens.unexpected("");
        }
        Token token = tokens.next();
        if (!tokens.take(TokenKind.LEFT_PARENTHESIS)) {
            return new Expression.Identifier(token.span(), token.text());
        }
        List<Expression> arguments = tokens.at(TokenKind.RIGHT_PARENTHESIS) ? List.of() : expressions.list();
        expectEndOfList();
        return new Expression.Call(tokens.since(token.span()), token.text(), token.span(), arguments);
    }

    private void expectEndOfList() {
        if (!tokens.take(TokenKind.RIGHT_PARENTHESIS)) {
            throw tokens.unexpected(") or \",\"");
        }
    }

    private Expression sizeOf() {
        Span start = tokens.next().span();
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        Expression size;
        if (atType()) {
            TypeName type = types.type();
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
            size = new Expression.SizeOfType(tokens.since(start), type);
        } else {
            Expression expression = expressions.expression();
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
            size = new Expression.SizeOf(tokens.since(start), expression);
        }
        return size;
    }

    private Expression offsetOf() {
        Span start = tokens.next().span();
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        if (atType()) {
            TypeName type = types.type();
            tokens.expect(TokenKind.COMMA);
            List<String> path = path();
            return new Expression.OffsetOfType(tokens.since(start), type, path);
        }
        Expression expression = expressions.expression();
        tokens.expect(TokenKind.COMMA);
        List<String> path = path();
        return new Expression.OffsetOf(tokens.since(start), expression, path);
    }

    private List<String> path() {
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.expect(TokenKind.IDENTIFIER).text());
        } while (tokens.take(TokenKind.DOT));
        if (!tokens.take(TokenKind.RIGHT_PARENTHESIS)) {
            throw tokens.unexpected(") or .");
        }
        return names;
    }

    private Expression typeInfo() {
        Span start = tokens.next().span();
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        TypeName type;
        if (atType()) {
            type = types.type();
        } else {
            Expression expression = expressions.expression();
            type = new TypeName.TypeOf(expression.span(), expression);
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return new Expression.TypeInfo(tokens.since(start), type);
    }

    /** True if a type stands here, as far as that can be told; {@code name *)} is one too. */
    private boolean atType() {
        if (types.isCertain(0)) {
            return true;
        }
        int at = 1;
        while (tokens.peek(at).is(TokenKind.STAR)) {
            at++;
        }
        boolean ends = tokens.peek(at).is(TokenKind.RIGHT_PARENTHESIS)
                || tokens.peek(at).is(TokenKind.COMMA);
        return tokens.at(TokenKind.IDENTIFIER) && at > 1 && ends;
    }

    private Expression parenthesised() {
        Span start = tokens.next().span();
        if (tokens.take(TokenKind.RIGHT_PARENTHESIS)) {
            return new Expression.Tuple(tokens.since(start), List.of());
        }
        if (tokens.at(TokenKind.IDENTIFIER) && tokens.peek(1).is(TokenKind.ASSIGN)) {
            return record(start);
        }
        Expression first = expressions.expression();
        if (tokens.take(TokenKind.RIGHT_PARENTHESIS)) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (tokens.take(TokenKind.COMMA) && !tokens.at(TokenKind.RIGHT_PARENTHESIS)) {
            elements.add(expressions.expression());
        }
        expectEndOfList();
        return new Expression.Tuple(tokens.since(start), elements);
    }

    private Expression record(Span start) {
        List<Expression.Field> fields = new ArrayList<>();
        do {
            Token name = tokens.expect(TokenKind.IDENTIFIER);
            tokens.expect(TokenKind.ASSIGN);
            Expression value = expressions.expression();
            Span span = name.span().to(value.span());
            if (fields.stream().anyMatch(field -> field.name().equals(name.text()))) {
                tokens.diagnostics().error(span, "Named argument list already contains name: " + name.text());
            }
            fields.add(new Expression.Field(span, name.text(), value));
        } while (tokens.take(TokenKind.COMMA));
        expectEndOfList();
        return new Expression.Record(tokens.since(start), fields);
    }
}
