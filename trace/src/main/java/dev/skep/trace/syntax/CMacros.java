package dev.skep.trace.syntax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The macros of C that are defined, and what tokens become by them. */
final class CMacros {
    private static final int MOST_TOKENS = 200_000;
    private static final int DEEPEST = 64;

    private final Map<String, CMacro> known = new HashMap<>();

    void define(CMacro macro) {
        known.put(macro.name(), macro);
    }

    void undefine(String name) {
        known.remove(name);
    }

    boolean isDefined(String name) {
        return known.containsKey(name);
    }

    Optional<CMacro> find(String name) {
        return Optional.ofNullable(known.get(name));
    }

    /** Tokens with all macros in them replaced; a macro within itself is not. */
    List<Token> expanded(List<Token> tokens) {
        List<Token> all = new ArrayList<>();
        expand(tokens, Set.of(), all, 0);
        return all;
    }

    private void expand(List<Token> tokens, Set<String> within, List<Token> out, int depth) {
        for (int i = 0; i < tokens.size() && out.size() < MOST_TOKENS; i++) {
            Token token = tokens.get(i);
            CMacro macro = token.is(TokenKind.IDENTIFIER) ? known.get(token.text()) : null;
            if (macro == null || within.contains(token.text()) || depth == DEEPEST) {
                out.add(token);
                continue;
            }
            Set<String> inner = new HashSet<>(within);
            inner.add(macro.name());
            if (macro.parameters().isEmpty()) {
                expand(macro.body(), inner, out, depth + 1);
                continue;
            }
            int end = endOfArguments(tokens, i + 1);
            if (end < 0) {
                out.add(token);
                continue;
            }
            List<List<Token>> arguments = arguments(tokens.subList(i + 2, end));
            expand(substituted(macro, arguments), inner, out, depth + 1);
            i = end;
        }
    }

    /** The index of the closing parenthesis, or -1 if no arguments start there. */
    private static int endOfArguments(List<Token> tokens, int open) {
        if (open >= tokens.size() || !tokens.get(open).is(TokenKind.LEFT_PARENTHESIS)) {
            return -1;
        }
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).is(TokenKind.LEFT_PARENTHESIS) ? 1 : 0;
            depth -= tokens.get(i).is(TokenKind.RIGHT_PARENTHESIS) ? 1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<List<Token>> arguments(List<Token> tokens) {
        List<List<Token>> all = new ArrayList<>();
        List<Token> current = new ArrayList<>();
        int depth = 0;
        for (Token token : tokens) {
            depth += token.is(TokenKind.LEFT_PARENTHESIS) ? 1 : 0;
            depth -= token.is(TokenKind.RIGHT_PARENTHESIS) ? 1 : 0;
            if (token.is(TokenKind.COMMA) && depth == 0) {
                all.add(current);
                current = new ArrayList<>();
            } else {
                current.add(token);
            }
        }
        all.add(current);
        return all;
    }

    private static List<Token> substituted(CMacro macro, List<List<Token>> arguments) {
        List<String> parameters = macro.parameters().orElseThrow();
        List<Token> all = new ArrayList<>();
        for (Token token : macro.body()) {
            int index = token.is(TokenKind.IDENTIFIER) ? parameters.indexOf(token.text()) : -1;
            if (index < 0) {
                all.add(token);
            } else if (index < arguments.size()) {
                all.addAll(arguments.get(index));
            }
        }
        return all;
    }
}
