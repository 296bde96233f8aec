package dev.skep.trace.syntax;

import dev.skep.trace.source.Span;
import dev.skep.trace.source.Spelling;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Statement;
import dev.skep.trace.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands at the outermost level. After an error, parsing goes on after the next closing brace. */
final class ItemParser {
    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final StatementParser statements;
    private final List<Script.Item> items = new ArrayList<>();

    ItemParser(TokenStream tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
        this.statements = expressions.primaries().statements();
    }

    /** All of them, up to the end of the script. */
    List<Script.Item> items() {
        while (!tokens.at(TokenKind.END_OF_FILE)) {
            int start = tokens.position();
            try {
                items.add(item());
            } catch (SyntaxError error) {
                recover(start);
            }
        }
        return items;
    }

    /** Skips to after the braces that close the item that is wrong. */
    private void recover(int start) {
        if (tokens.position() == start) {
            tokens.next();
        }
        int depth = 0;
        while (!tokens.at(TokenKind.END_OF_FILE)) {
            Token token = tokens.next();
            if (token.is(TokenKind.LEFT_BRACE)) {
                depth++;
            } else if (token.is(TokenKind.RIGHT_BRACE)) {
                depth--;
                if (depth <= 0) {
                    return;
                }
            }
        }
    }

    private Script.Item item() {
        Token token = tokens.peek();
        if (token.is(TokenKind.DIRECTIVE)) {
            tokens.next();
            boolean interpreter = token.span().start() == 0 && token.text().startsWith("#!");
            return interpreter ? new Script.Interpreter(token.span()) : new Script.Directive(token.span());
        }
        if (token.is(TokenKind.IDENTIFIER)) {
            switch (token.text()) {
                case "import" -> {
                    return importing();
                }
                case "config" -> {
                    return config();
                }
                case "let" -> {
                    return mapDeclaration();
                }
                case "macro" -> {
                    return macro();
                }
                case "fn" -> {
                    return function();
                }
                case "struct", "union", "enum", "typedef" -> {
                    return definition(token);
                }
                default -> {}
            }
        }
        boolean startsProbe = token.is(TokenKind.IDENTIFIER)
                || token.is(TokenKind.STRING)
                || token.is(TokenKind.STAR)
                || token.is(TokenKind.COLON)
                || token.is(TokenKind.LEFT_BRACKET)
                || token.is(TokenKind.PARAMETER);
        if (!startsProbe) {
            throw tokens.unexpected("");
        }
        return probe();
    }

    private boolean isAfterPreamble() {
        return items.stream()
                .anyMatch(item -> item instanceof Script.Probe
                        || item instanceof Script.Macro
                        || item instanceof Script.Function
                        || item instanceof Script.MapDeclaration);
    }

    private void expectPreamble(String hint) {
        if (isAfterPreamble()) {
            throw tokens.unexpected("", hint);
        }
    }

    private Script.Item importing() {
        expectPreamble("imports stand at the top of the script, before all probes");
        Span start = tokens.next().span();
        Token path = tokens.expect(TokenKind.STRING);
        tokens.expect(TokenKind.SEMICOLON);
        return new Script.Import(tokens.since(start), path.utf8());
    }

    private Script.Item config() {
        expectPreamble("the config block stands at the top of the script, before all probes");
        Span start = tokens.next().span();
        if (items.stream().anyMatch(Script.Config.class::isInstance)) {
            tokens.diagnostics().error(start, "duplicate config block", "all settings stand in one");
        }
        tokens.expect(TokenKind.ASSIGN);
        tokens.expect(TokenKind.LEFT_BRACE);
        List<Script.Setting> settings = new ArrayList<>();
        while (!tokens.take(TokenKind.RIGHT_BRACE)) {
            settings.add(setting());
            if (!tokens.take(TokenKind.SEMICOLON) && !tokens.at(TokenKind.RIGHT_BRACE)) {
                throw tokens.unexpected("; or }");
            }
        }
        return new Script.Config(tokens.since(start), settings);
    }

    private Script.Setting setting() {
        if (!tokens.at(TokenKind.IDENTIFIER)) {
            throw tokens.unexpected("} or identifier");
        }
        Token name = tokens.next();
        tokens.expect(TokenKind.ASSIGN);
        Token value = tokens.peek();
        boolean isConstant =
                value.is(TokenKind.IDENTIFIER) || value.is(TokenKind.INTEGER) || value.is(TokenKind.STRING);
        if (!isConstant) {
            throw tokens.unexpected("identifier or integer or string");
        }
        Expression constant = expressions.primaries().postfix();
        return new Script.Setting(tokens.since(name.span()), name.text(), name.span(), constant);
    }

    private Script.Item mapDeclaration() {
        Span start = tokens.next().span();
        Token name = tokens.expect(TokenKind.MAP);
        tokens.expect(TokenKind.ASSIGN);
        Token type = tokens.expect(TokenKind.IDENTIFIER);
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        if (!tokens.at(TokenKind.INTEGER)) {
            throw tokens.unexpected("integer");
        }
        Expression entries = expressions.primaries().postfix();
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        tokens.take(TokenKind.SEMICOLON);
        Expression.MapName map = new Expression.MapName(name.span(), name.text());
        return new Script.MapDeclaration(tokens.since(start), map, type.text(), type.span(), entries);
    }

    private Script.Item macro() {
        Span start = tokens.next().span();
        Token name = tokens.expect(TokenKind.IDENTIFIER);
        expressions.casts().declareValue(name.text());
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<Expression> parameters = new ArrayList<>();
        if (!tokens.at(TokenKind.RIGHT_PARENTHESIS)) {
            do {
                parameters.add(macroParameter());
            } while (tokens.take(TokenKind.COMMA));
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        ParsedBlock body = statements.block();
        Optional<Expression> result = body.tail().flatMap(ParsedBlock.Tail::asExpression);
        List<Statement> all = result.isPresent() ? body.statements() : body.asStatements();
        return new Script.Macro(tokens.since(start), name.text(), parameters, all, result);
    }

    private Expression macroParameter() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case VARIABLE -> {
                tokens.next();
                yield new Expression.Variable(token.span(), token.text());
            }
            case MAP -> {
                tokens.next();
                yield new Expression.MapName(token.span(), token.text());
            }
            case IDENTIFIER -> {
                tokens.next();
                expressions.casts().declareValue(token.text());
                yield new Expression.Identifier(token.span(), token.text());
            }
            default -> throw tokens.unexpected("variable or map or identifier");
        };
    }

    private Script.Item function() {
        Span start = tokens.next().span();
        Token name = tokens.expect(TokenKind.IDENTIFIER);
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<Script.Parameter> parameters = new ArrayList<>();
        if (!tokens.at(TokenKind.RIGHT_PARENTHESIS)) {
            do {
                Token variable = tokens.expect(TokenKind.VARIABLE);
                tokens.expect(TokenKind.COLON);
                TypeName type = knownType();
                parameters.add(new Script.Parameter(
                        tokens.since(variable.span()),
                        new Expression.Variable(variable.span(), variable.text()),
                        type));
            } while (tokens.take(TokenKind.COMMA));
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        tokens.expect(TokenKind.COLON);
        TypeName result = knownType();
        Statement.Block body = statements.block().asBlock();
        return new Script.Function(tokens.since(start), name.text(), parameters, result, body);
    }

    private TypeName knownType() {
        if (!expressions.types().isCertain(0)) {
            throw tokens.unexpected("");
        }
        return expressions.types().type();
    }

    private Script.Item definition(Token first) {
        if (isAfterPreamble()) {
            throw tokens.unexpected("", "definitions of C stand at the top of the script, before all probes");
        }
        Span span = new DefinitionScanner(tokens.source(), tokens.diagnostics())
                .definition(first.span().start());
        tokens.seek(span.end());
        return new Script.Definition(span);
    }

    private Script.Item probe() {
        Token first = tokens.peek();
        List<Script.AttachPoint> attachPoints = new AttachPointParser(tokens).attachPoints();
        Optional<Expression> predicate = Optional.empty();
        if (tokens.take(TokenKind.SLASH)) {
            predicate = Optional.of(expressions.predicate());
            if (!tokens.take(TokenKind.SLASH)) {
                throw tokens.unexpected("end predicate");
            }
        }
        if (!tokens.at(TokenKind.LEFT_BRACE)) {
            throw tokens.unexpected("{", Spelling.hints(first.text(), Keyword.ofItems()));
        }
        Statement.Block body = statements.block().asBlock();
        return new Script.Probe(tokens.since(first.span()), attachPoints, predicate, body);
    }
}
