package dev.skep.object.assembly;

import java.util.ArrayList;
import java.util.List;

/** Cuts a line without comments into tokens. */
final class Lexer {
    /** Longer ones before those they start with. */
    private static final List<String> SYMBOLS = List.of(
            "s>>=", "s>=", "s<=", "s/=", "s%=", "s>", "s<", "<<=", ">>=", "==", "!=", "<=", ">=", "+=", "-=", "*=",
            "/=", "|=", "&=", "%=", "^=", "=", "<", ">", "+", "-", "*", "/", "|", "&", "%", "^", "(", ")", "[", "]",
            ",", ":");

    private final String line;
    private int at;

    private Lexer(String line, int start) {
        this.line = line;
        this.at = start;
    }

    /**
     * The tokens of {@code line} from the 0-based index {@code start} on, an END at last.
     *
     * @throws Mistake at a character that starts no token
     */
    static List<Token> tokens(String line, int start) throws Mistake {
        Lexer lexer = new Lexer(line, start);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() throws Mistake {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == line.length()) {
            return new Token(Token.Kind.END, "", start + 1);
        }
        for (String symbol : SYMBOLS) {
            if (line.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, start + 1);
            }
        }
        char first = line.charAt(at);
        if (!isWord(first)) {
            throw new Mistake(start + 1, 1, "'" + first + "' has no meaning here", "");
        }
        while (at < line.length() && isWord(line.charAt(at))) {
            at++;
        }
        Token.Kind kind = first >= '0' && first <= '9' ? Token.Kind.NUMBER : Token.Kind.NAME;
        return new Token(kind, line.substring(start, at), start + 1);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f';
    }

    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '$';
    }
}
