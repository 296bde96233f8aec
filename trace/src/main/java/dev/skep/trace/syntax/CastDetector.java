package dev.skep.trace.syntax;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells {@code (type)operand} from {@code (expression)}. Where the parentheses hold a single name that may be either, what
 * follows decides, and where that may be either too ({@code (name)*x}), what the name is known as, or its form.
 */
final class CastDetector {
    private static final Set<TokenKind> STARTS_OPERAND_ONLY = EnumSet.of(
            TokenKind.IDENTIFIER,
            TokenKind.INTEGER,
            TokenKind.STRING,
            TokenKind.VARIABLE,
            TokenKind.MAP,
            TokenKind.PARAMETER,
            TokenKind.PARAMETER_COUNT,
            TokenKind.LEFT_PARENTHESIS,
            TokenKind.EXCLAMATION_MARK,
            TokenKind.TILDE,
            TokenKind.INCREMENT,
            TokenKind.DECREMENT);
    private static final Set<TokenKind> STARTS_OPERAND_OR_CONTINUES = EnumSet.of(TokenKind.STAR, TokenKind.MINUS);
    private static final Set<String> BUILTIN_VALUES = Set.of(
            "pid",
            "tid",
            "uid",
            "gid",
            "nsecs",
            "elapsed",
            "numaid",
            "cpu",
            "comm",
            "kstack",
            "ustack",
            "args",
            "retval",
            "func",
            "probe",
            "rand",
            "ctx",
            "username",
            "curtask",
            "cgroup",
            "cpid",
            "jiffies",
            "ppid",
            "pcomm",
            "ncpus",
            "usermode",
            "true",
            "false");
    /** Arguments, hidden names of builtins, and names that C's conventions keep for constants. */
    private static final Pattern FORM_OF_VALUES = Pattern.compile("s?arg[0-9]+|__builtin_.*|[A-Z][A-Z0-9_]*");

    private final TokenStream tokens;
    private final TypeNameParser types;
    private final Set<String> values = new HashSet<>();

    CastDetector(TokenStream tokens, TypeNameParser types) {
        this.tokens = tokens;
        this.types = types;
    }

    /** From here on this name is that of a value: of a macro, or of a parameter of one. */
    void declareValue(String name) {
        values.add(name);
    }

    /** True if a cast starts at the next token. */
    boolean atCast() {
        if (!tokens.at(TokenKind.LEFT_PARENTHESIS)) {
            return false;
        }
        Token name = tokens.peek(1);
        if (!name.is(TokenKind.IDENTIFIER)) {
            return false;
        }
        if (types.isCertain(1)) {
            return true;
        }
        if (Keyword.isReserved(name.text())) {
            return false;
        }
        Token after = tokens.peek(2);
        return switch (after.kind()) {
            case STAR -> onlyStarsToEnd(2);
            case RIGHT_PARENTHESIS -> isCastOfName(name.text(), 3);
            case LEFT_BRACKET -> isArrayType(name.text());
            case COLON -> tokens.peek(3).is(TokenKind.COLON);
            default -> false;
        };
    }

    private boolean onlyStarsToEnd(int distance) {
        int at = distance;
        while (tokens.peek(at).is(TokenKind.STAR)) {
            at++;
        }
        return tokens.peek(at).is(TokenKind.RIGHT_PARENTHESIS);
    }

    /** {@code (name[])x}, {@code (name[4])x}, {@code (name[4] *)x}. */
    private boolean isArrayType(String name) {
        int at = 3;
        if (tokens.peek(at).is(TokenKind.INTEGER)) {
            at++;
        }
        if (!tokens.peek(at).is(TokenKind.RIGHT_BRACKET)) {
            return false;
        }
        at++;
        int closing = at;
        while (tokens.peek(closing).is(TokenKind.STAR)) {
            closing++;
        }
        if (!tokens.peek(closing).is(TokenKind.RIGHT_PARENTHESIS)) {
            return false;
        }
        return closing > at || isCastOfName(name, closing + 1);
    }

    /** @param distance of the token after the closing parenthesis */
    private boolean isCastOfName(String name, int distance) {
        Token following = tokens.peek(distance);
        if (STARTS_OPERAND_ONLY.contains(following.kind())) {
            return true;
        }
        if (following.is(TokenKind.AMPERSAND)) {
            Token operand = tokens.peek(distance + 1);
            boolean isPlace = operand.is(TokenKind.VARIABLE) || operand.is(TokenKind.MAP);
            return isPlace && following.touches(operand) && !isValue(name);
        }
        return STARTS_OPERAND_OR_CONTINUES.contains(following.kind()) && !isValue(name);
    }

    private boolean isValue(String name) {
        return values.contains(name)
                || BUILTIN_VALUES.contains(name)
                || FORM_OF_VALUES.matcher(name).matches();
    }
}
