package dev.skep.trace.syntax;

import java.util.Arrays;
import java.util.List;

/** What a token is. Keywords are identifiers: what they mean depends on where they stand. */
enum TokenKind {
    END_OF_FILE("end of file"),
    IDENTIFIER("identifier"),
    INTEGER("integer"),
    STRING("string"),
    VARIABLE("variable"),
    MAP("map"),
    PARAMETER("positional parameter"),
    PARAMETER_COUNT("$#"),
    DIRECTIVE("preprocessor directive"),
    /** A character that starts nothing; the lexer has already said so. */
    INVALID("character"),

    SHIFT_LEFT_ASSIGN("<<="),
    SHIFT_RIGHT_ASSIGN(">>="),
    INCREMENT("++"),
    DECREMENT("--"),
    ARROW("->"),
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    AND("&&"),
    OR("||"),
    ADD_ASSIGN("+="),
    SUBTRACT_ASSIGN("-="),
    MULTIPLY_ASSIGN("*="),
    DIVIDE_ASSIGN("/="),
    REMAINDER_ASSIGN("%="),
    BIT_AND_ASSIGN("&="),
    BIT_OR_ASSIGN("|="),
    BIT_XOR_ASSIGN("^="),
    COLON(":"),
    SEMICOLON(";"),
    LEFT_BRACE("{"),
    RIGHT_BRACE("}"),
    LEFT_BRACKET("["),
    RIGHT_BRACKET("]"),
    LEFT_PARENTHESIS("("),
    RIGHT_PARENTHESIS(")"),
    QUESTION_MARK("?"),
    COMMA(","),
    ASSIGN("="),
    LESS("<"),
    GREATER(">"),
    PLUS("+"),
    MINUS("-"),
    STAR("*"),
    SLASH("/"),
    PERCENT("%"),
    AMPERSAND("&"),
    PIPE("|"),
    CARET("^"),
    EXCLAMATION_MARK("!"),
    TILDE("~"),
    DOT(".");

    /** Those that are always the same text, the longest first: the first that fits is the one. */
    static final List<TokenKind> SYMBOLS = Arrays.stream(values())
            .filter(kind -> kind.ordinal() > INVALID.ordinal())
            // Comparator's own comparators are lambdas that can be serialized, which Java's AOT cache cannot keep.
            .sorted((one, other) -> Integer.compare(other.text.length(), one.text.length()))
            .toList();

    private final String text;

    TokenKind(String text) {
        this.text = text;
    }

    /** Its text if that is always the same, else its name as errors show it. */
    String text() {
        return text;
    }

    /** As errors show it: a comma in quotation marks, as it would be lost among the others. */
    String shown() {
        return this == COMMA ? "\",\"" : text;
    }
}
