package dev.skep.object.assembly;

import java.util.ArrayList;
import java.util.List;

/** Cuts a directive's line into words: what is between blanks, or between double quotes. */
final class Words {
    private Words() {}

    /** The words of the line, quotes removed. @throws Mistake if a quote is not closed */
    static List<Token> of(SourceLine line) throws Mistake {
        String code = line.code();
        List<Token> words = new ArrayList<>();
        int at = line.start();
        while (at < code.length()) {
            if (Character.isWhitespace(code.charAt(at))) {
                at++;
                continue;
            }
            int end = code.charAt(at) == '"' ? closingQuote(code, at) : endOfWord(code, at);
            boolean quoted = code.charAt(at) == '"';
            words.add(new Token(Token.Kind.NAME, code.substring(quoted ? at + 1 : at, end), at + 1));
            at = quoted ? end + 1 : end;
        }
        return words;
    }

    private static int closingQuote(String code, int at) throws Mistake {
        int end = code.indexOf('"', at + 1);
        if (end < 0) {
            throw new Mistake(at + 1, code.length() - at, "the quote is not closed", "");
        }
        return end;
    }

    private static int endOfWord(String code, int at) {
        int end = at;
        while (end < code.length() && !Character.isWhitespace(code.charAt(end))) {
            end++;
        }
        return end;
    }
}
