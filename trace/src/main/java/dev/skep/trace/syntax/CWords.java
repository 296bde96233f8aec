package dev.skep.trace.syntax;

import dev.skep.trace.cdefinition.CType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Types of numbers that C names with several words, in any order: {@code unsigned long int}. */
final class CWords {
    private static final Set<String> WORDS =
            Set.of("unsigned", "signed", "__signed__", "char", "short", "int", "long", "float", "double", "__int128");

    private CWords() {}

    static boolean isPartOfNumber(String word) {
        return WORDS.contains(word);
    }

    /** The type that starts here. */
    static CType number(CTokens tokens) {
        List<String> words = new ArrayList<>();
        while (tokens.peek().is(TokenKind.IDENTIFIER)
                && (isPartOfNumber(tokens.peek().text())
                        || tokens.peek().isWord("const")
                        || tokens.peek().isWord("volatile"))) {
            words.add(tokens.next().text());
        }
        return number(words);
    }

    /** The type that these words name. */
    static CType number(List<String> words) {
        boolean unsigned = words.contains("unsigned");
        if (words.contains("char")) {
            return new CType.Number(1, !unsigned, true);
        }
        if (words.contains("short")) {
            return new CType.Number(2, !unsigned, false);
        }
        if (words.contains("__int128")) {
            return new CType.Number(16, !unsigned, false);
        }
        if (words.contains("double")) {
            return new CType.Fraction(words.contains("long") ? 16 : 8);
        }
        if (words.contains("float")) {
            return new CType.Fraction(4);
        }
        boolean isLong = Collections.frequency(words, "long") > 0;
        return new CType.Number(isLong ? 8 : 4, !unsigned, false);
    }
}
