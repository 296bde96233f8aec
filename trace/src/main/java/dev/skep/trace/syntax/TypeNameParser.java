package dev.skep.trace.syntax;

import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.TypeName;
import java.util.Optional;
import java.util.Set;

/** Types: a name, {@code struct name}, {@code typeof(expression)}, each with stars and brackets after it. */
final class TypeNameParser {
    private static final Set<String> TAGS = Set.of("struct", "union", "enum");
    /** Words that together name a type of C. */
    private static final Set<String> C_WORDS = Set.of(
            "unsigned", "signed", "char", "short", "int", "long", "const", "volatile", "_Bool", "float", "double");
    /** Names of types that are nothing else: the language's own, and those of the kernel and of C's library. */
    private static final Set<String> KNOWN = Set.of(
            "bool",
            "int8",
            "int16",
            "int32",
            "int64",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "void",
            "string",
            "inet",
            "buffer",
            "min_t",
            "max_t",
            "sum_t",
            "count_t",
            "avg_t",
            "stats_t",
            "umin_t",
            "umax_t",
            "usum_t",
            "ucount_t",
            "uavg_t",
            "ustats_t",
            "timestamp",
            "macaddr_t",
            "cgroup_path_t",
            "strerror_t",
            "hist_t",
            "lhist_t",
            "tseries_t",
            "kstack_t",
            "ustack_t",
            "u8",
            "u16",
            "u32",
            "u64",
            "s8",
            "s16",
            "s32",
            "s64",
            "__u8",
            "__u16",
            "__u32",
            "__u64",
            "__s8",
            "__s16",
            "__s32",
            "__s64",
            "uint8_t",
            "uint16_t",
            "uint32_t",
            "uint64_t",
            "int8_t",
            "int16_t",
            "int32_t",
            "int64_t",
            "size_t",
            "ssize_t",
            "pid_t",
            "uid_t",
            "gid_t",
            "off_t",
            "loff_t",
            "dev_t",
            "ino_t",
            "mode_t",
            "uintptr_t",
            "intptr_t");

    private final TokenStream tokens;
    private final ExpressionParser expressions;

    TypeNameParser(TokenStream tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** True if what starts at this token, looked at ahead, can only be a type. */
    boolean isCertain(int distance) {
        Token token = tokens.peek(distance);
        if (!token.is(TokenKind.IDENTIFIER)) {
            return false;
        }
        boolean isCall = tokens.peek(distance + 1).is(TokenKind.LEFT_PARENTHESIS);
        return TAGS.contains(token.text()) || token.text().equals("typeof") || (isKnown(token.text()) && !isCall);
    }

    static boolean isKnown(String name) {
        return KNOWN.contains(name) || C_WORDS.contains(name);
    }

    static boolean isTag(String word) {
        return TAGS.contains(word);
    }

    static boolean isWordOfC(String word) {
        return C_WORDS.contains(word);
    }

    /** A type with all its stars and brackets. */
    TypeName type() {
        TypeName type = base();
        for (int suffixes = 0; ; suffixes++) {
            Span start = type.span();
            if (suffixes > Parser.DEEPEST_NESTING) {
                throw tokens.unexpected(")");
            }
            if (tokens.take(TokenKind.STAR)) {
                type = new TypeName.PointerTo(tokens.since(start), type);
            } else if (tokens.take(TokenKind.LEFT_BRACKET)) {
                Optional<Expression> size =
                        tokens.at(TokenKind.RIGHT_BRACKET) ? Optional.empty() : Optional.of(expressions.expression());
                tokens.expect(TokenKind.RIGHT_BRACKET);
                type = new TypeName.ArrayOf(tokens.since(start), type, size);
            } else {
                return type;
            }
        }
    }

    private TypeName base() {
        Token token = tokens.peek();
        if (token.isWord("typeof")) {
            tokens.next();
            tokens.expect(TokenKind.LEFT_PARENTHESIS);
            Expression expression = expressions.expression();
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
            return new TypeName.TypeOf(tokens.since(token.span()), expression);
        }
        if (token.is(TokenKind.IDENTIFIER) && isWordOfC(token.text())) {
            return wordsOfC();
        }
        if (token.is(TokenKind.IDENTIFIER) && isTag(token.text())) {
            tokens.next();
            String name = qualifiedName();
            return new TypeName.Named(tokens.since(token.span()), Optional.of(token.text()), name);
        }
        if (!token.is(TokenKind.IDENTIFIER) || Keyword.isReserved(token.text())) {
            throw tokens.unexpected("type");
        }
        String name = qualifiedName();
        return new TypeName.Named(tokens.since(token.span()), Optional.empty(), name);
    }

    private TypeName wordsOfC() {
        Span start = tokens.peek().span();
        StringBuilder name = new StringBuilder();
        while (tokens.at(TokenKind.IDENTIFIER) && isWordOfC(tokens.peek().text())) {
            String word = tokens.next().text();
            if (word.equals("const") || word.equals("volatile")) {
                if (name.isEmpty()
                        && tokens.at(TokenKind.IDENTIFIER)
                        && !isWordOfC(tokens.peek().text())) {
                    return base();
                }
                continue;
            }
            name.append(name.isEmpty() ? "" : " ").append(word);
        }
        return new TypeName.Named(tokens.since(start), Optional.empty(), name.toString());
    }

    /** A name, in C++ with the names it is in: {@code space::name}. */
    private String qualifiedName() {
        StringBuilder name =
                new StringBuilder(tokens.expect(TokenKind.IDENTIFIER).text());
        while (tokens.at(TokenKind.COLON)
                && tokens.peek(1).is(TokenKind.COLON)
                && tokens.peek(2).is(TokenKind.IDENTIFIER)
                && tokens.peek().touches(tokens.peek(1))) {
            tokens.next();
            tokens.next();
            name.append("::").append(tokens.next().text());
        }
        return name.toString();
    }
}
