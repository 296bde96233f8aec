package dev.skep.trace.syntax;

import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Script;
import dev.skep.trace.tree.Script.AttachPart;
import dev.skep.trace.tree.Script.AttachPart.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attach points: read by character, as what is in them follows other rules than the rest of the language: after a colon, slashes
 * belong to a path, and names may hold dots and wildcards.
 */
final class AttachPointParser {
    private static final String ANYWHERE = ".+*[]";
    private static final String IN_PATH = "-/#\\";

    private final TokenStream tokens;
    private final SourceText source;
    private final String text;
    private int position;
    private List<AttachPart> parts = new ArrayList<>();
    private List<Piece> pieces = new ArrayList<>();
    private StringBuilder plain = new StringBuilder();
    private int partStart;

    AttachPointParser(TokenStream tokens) {
        this.tokens = tokens;
        this.source = tokens.source();
        this.text = source.text();
    }

    /** All attach points of a probe, with commas between, and perhaps one behind the last. */
    List<Script.AttachPoint> attachPoints() {
        List<Script.AttachPoint> all = new ArrayList<>(List.of(attachPoint()));
        while (tokens.take(TokenKind.COMMA) && !tokens.at(TokenKind.LEFT_BRACE)) {
            all.add(attachPoint());
        }
        return all;
    }

    private Script.AttachPoint attachPoint() {
        Optional<String> name = name();
        int start = tokens.peek().span().start();
        tokens.seek(start);
        position = start;
        partStart = start;
        parts = new ArrayList<>();
        int end = start;
        List<Span> between = List.of();
        while (takeCharacters()) {
            end = position;
            tokens.keep(between);
            Lexer.Lexed next = tokens.lexer().lex(position);
            between = next.comments();
            position = next.token().span().start();
        }
        position = end;
        endPart();
        tokens.seek(end);
        if (end == start) {
            throw tokens.unexpected("probe");
        }
        return new Script.AttachPoint(new Span(source, start, end), name, parts);
    }

    private Optional<String> name() {
        if (tokens.at(TokenKind.IDENTIFIER)
                && tokens.peek(1).is(TokenKind.ASSIGN)
                && (tokens.peek(2).is(TokenKind.IDENTIFIER) || tokens.peek(2).is(TokenKind.STAR))) {
            String name = tokens.next().text();
            tokens.next();
            return Optional.of(name);
        }
        return Optional.empty();
    }

    /** Takes what can be taken from here without a space; spaces and comments may stand between such stretches. False if nothing can. */
    private boolean takeCharacters() {
        int start = position;
        boolean inPath = false;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                quoted();
            } else if (c == '$' && (position > start || isDigitAfter(position))) {
                parameter();
            } else if (c == ':') {
                endPart();
                position++;
                partStart = position;
                inPath = true;
            } else if (Characters.continuesName(c) || ANYWHERE.indexOf(c) >= 0 || (inPath && IN_PATH.indexOf(c) >= 0)) {
                plain.append(c);
                position++;
            } else {
                break;
            }
        }
        return position > start;
    }

    private boolean isDigitAfter(int offset) {
        return offset + 1 < text.length() && Characters.isDigit(text.charAt(offset + 1));
    }

    private void quoted() {
        flush();
        tokens.seek(position);
        Token string = tokens.next();
        pieces.add(new Piece.Text(string.utf8(), true));
        position = string.span().end();
    }

    private void parameter() {
        int start = position;
        position++;
        while (position < text.length() && Characters.isDigit(text.charAt(position))) {
            position++;
        }
        String digits = text.substring(start + 1, position);
        Span span = new Span(source, start, Math.max(position, Math.min(start + 2, text.length())));
        if (digits.isEmpty() || digits.startsWith("0")) {
            tokens.diagnostics()
                    .error(
                            span,
                            "invalid trailing character for positional param: "
                                    + span.text().substring(1)
                                    + ". Try quoting this entire part if this is intentional e.g. \"" + span.text()
                                    + "\".");
            throw new SyntaxError();
        }
        if (digits.length() > 9) {
            tokens.diagnostics()
                    .error(
                            span,
                            "positional parameter is not valid: overflow error, maximum value is 18446744073709551615: "
                                    + digits);
            throw new SyntaxError();
        }
        flush();
        pieces.add(new Piece.Parameter(Integer.parseInt(digits)));
    }

    private void flush() {
        if (!plain.isEmpty()) {
            pieces.add(new Piece.Text(plain.toString(), false));
            plain = new StringBuilder();
        }
    }

    private void endPart() {
        flush();
        parts.add(new AttachPart(new Span(source, partStart, Math.max(partStart, position)), pieces));
        pieces = new ArrayList<>();
    }
}
