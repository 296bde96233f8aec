package dev.skep.trace.syntax;

import java.util.Set;

/** Words that cannot name a value. After a dot they name members all the same. */
final class Keyword {
    /** The keywords of the language's reference, and those of types. */
    private static final Set<String> RESERVED = Set.of(
            "_",
            "break",
            "comptime",
            "config",
            "continue",
            "else",
            "enum",
            "fn",
            "for",
            "if",
            "import",
            "let",
            "macro",
            "offsetof",
            "return",
            "sizeof",
            "struct",
            "typeinfo",
            "typeof",
            "union",
            "unroll",
            "while");

    private static final Set<String> STATEMENTS =
            Set.of("break", "continue", "else", "for", "if", "import", "let", "return", "unroll", "while");
    private static final Set<String> ITEMS =
            Set.of("config", "enum", "fn", "import", "let", "macro", "struct", "typedef", "union");

    private Keyword() {}

    static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    /** Those that start a statement. */
    static Set<String> ofStatements() {
        return STATEMENTS;
    }

    /** Those that start something at the outermost level. */
    static Set<String> ofItems() {
        return ITEMS;
    }
}
