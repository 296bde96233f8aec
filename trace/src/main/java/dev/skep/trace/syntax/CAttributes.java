package dev.skep.trace.syntax;

import java.util.Set;

/** Qualifiers and attributes of C: most change nothing that matters here. */
final class CAttributes {
    private static final Set<String> IGNORED = Set.of(
            "const",
            "volatile",
            "restrict",
            "__restrict",
            "extern",
            "static",
            "inline",
            "__inline__",
            "register",
            "_Atomic",
            "__extension__",
            "__user",
            "__kernel",
            "__rcu",
            "__percpu",
            "__iomem",
            "__force",
            "__randomize_layout",
            "__designated_init",
            "__counted_by",
            "__noreturn",
            "__must_check");
    private static final int LARGEST_ALIGNMENT = 1 << 16;

    private final CTokens tokens;
    private final CConstantExpression constants;
    private boolean packed;
    private int alignment = 1;

    CAttributes(CTokens tokens, CConstantExpression constants) {
        this.tokens = tokens;
        this.constants = constants;
    }

    boolean packed() {
        return packed;
    }

    /** What {@code aligned} asks for, or 1. */
    int alignment() {
        return alignment;
    }

    /** Takes all that stand here. */
    CAttributes take() {
        while (tokens.peek().is(TokenKind.IDENTIFIER)) {
            String word = tokens.peek().text();
            if (word.equals("__attribute__") || word.equals("__attribute")) {
                tokens.next();
                list();
            } else if (word.equals("__packed")) {
                tokens.next();
                packed = true;
            } else if (word.equals("__aligned") || word.equals("_Alignas")) {
                tokens.next();
                aligned();
            } else if (IGNORED.contains(word)) {
                tokens.next();
            } else {
                break;
            }
        }
        return this;
    }

    private void list() {
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        while (!tokens.at(TokenKind.RIGHT_PARENTHESIS) && !tokens.atEnd()) {
            String name = tokens.next().text();
            if (name.equals("packed") || name.equals("__packed__")) {
                packed = true;
            } else if (name.equals("aligned") || name.equals("__aligned__")) {
                aligned();
            } else if (tokens.at(TokenKind.LEFT_PARENTHESIS)) {
                tokens.skipBalanced();
            }
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
    }

    /** Without a number, the largest alignment of the machine. */
    private void aligned() {
        long wanted = 16;
        if (tokens.at(TokenKind.LEFT_PARENTHESIS)) {
            Token open = tokens.next();
            wanted = constants.value();
            if (wanted < 1 || wanted > LARGEST_ALIGNMENT || Long.bitCount(wanted) != 1) {
                throw tokens.error(open.span(), "an alignment must be a power of two, but is " + wanted);
            }
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        }
        alignment = Math.max(alignment, (int) wanted);
    }
}
