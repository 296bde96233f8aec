package dev.skep.trace.syntax;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.TypeName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Replaces names that {@code #define} defines by the expressions they stand for: whole expressions, not text, so that
 * {@code #define A 1 + 2} needs no parentheses. What comes in is where the name was, for what is said about it.
 */
final class MacroExpander extends Rewriter {
    private static final int MOST_EXPANSIONS = 10_000;

    private final CMacros macros;
    private final Diagnostics diagnostics;
    private final Deque<String> within = new ArrayDeque<>();
    private int expansions;

    MacroExpander(CMacros macros, Diagnostics diagnostics) {
        this.macros = macros;
        this.diagnostics = diagnostics;
    }

    @Override
    public Expression expression(Expression expression) {
        if (expression instanceof Expression.Identifier identifier) {
            return macros.find(identifier.name())
                    .filter(macro -> macro.parameters().isEmpty())
                    .map(macro -> expanded(macro, List.of(), identifier))
                    .orElse(identifier);
        }
        if (expression instanceof Expression.Call call) {
            Optional<CMacro> macro = macros.find(call.name())
                    .filter(one -> one.parameters()
                            .filter(parameters ->
                                    parameters.size() == call.arguments().size())
                            .isPresent());
            if (macro.isPresent()) {
                List<Expression> arguments =
                        call.arguments().stream().map(this::expression).toList();
                return expanded(macro.get(), arguments, call);
            }
        }
        return super.expression(expression);
    }

    @Override
    public TypeName type(TypeName type) {
        if (type instanceof TypeName.Named named && named.keyword().isEmpty()) {
            Optional<CMacro> macro =
                    macros.find(named.name()).filter(one -> one.parameters().isEmpty());
            if (macro.isPresent()) {
                return parsed(macro.get(), type.span(), parser -> parser.types().type())
                        .map(found -> new Relocation(type.span(), Map.of()).type(found))
                        .orElse(type);
            }
        }
        return super.type(type);
    }

    private Expression expanded(CMacro macro, List<Expression> arguments, Expression use) {
        if (within.contains(macro.name())) {
            diagnostics.error(use.span(), "Macro recursion: " + macro.name());
            return use;
        }
        expansions++;
        if (expansions > MOST_EXPANSIONS) {
            diagnostics.error(use.span(), "too many names of #define to expand, at most " + MOST_EXPANSIONS);
            return use;
        }
        Map<String, Expression> replaced = new HashMap<>();
        List<String> parameters = macro.parameters().orElse(List.of());
        for (int i = 0; i < parameters.size(); i++) {
            replaced.put(parameters.get(i), arguments.get(i));
        }
        Optional<Expression> parsed = parsed(macro, use.span(), ExpressionParser::expression);
        if (parsed.isEmpty()) {
            return use;
        }
        within.push(macro.name());
        try {
            Expression here = new Relocation(use.span(), Map.of()).expression(parsed.get());
            Expression whole = expression(here);
            return replaced.isEmpty() ? whole : new Relocation(use.span(), replaced).expression(whole);
        } finally {
            within.pop();
        }
    }

    private <T> Optional<T> parsed(CMacro macro, Span use, Function<ExpressionParser, T> part) {
        String text = macro.text().text().replace("\\\n", " ");
        Diagnostics problems = new Diagnostics();
        TokenStream tokens = new TokenStream(new SourceText(macro.name(), text), problems);
        try {
            T result = part.apply(new ExpressionParser(tokens));
            if (tokens.at(TokenKind.END_OF_FILE) && !problems.hasErrors()) {
                return Optional.of(result);
            }
        } catch (SyntaxError error) {
            // Said below, in terms of what is expanded.
        }
        diagnostics.error(use, "unable to expand macro as an expression: " + text);
        return Optional.empty();
    }

    /** Puts all of an expression at one place, and arguments where a macro has parameters. */
    private static final class Relocation extends Rewriter {
        private final Span place;
        private final Map<String, Expression> replaced;

        Relocation(Span place, Map<String, Expression> replaced) {
            this.place = place;
            this.replaced = replaced;
        }

        @Override
        protected Span span(Span span) {
            return place;
        }

        @Override
        public Expression expression(Expression expression) {
            if (expression instanceof Expression.Identifier identifier && replaced.containsKey(identifier.name())) {
                return replaced.get(identifier.name());
            }
            return super.expression(expression);
        }
    }
}
