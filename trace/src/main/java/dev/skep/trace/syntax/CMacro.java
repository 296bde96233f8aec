package dev.skep.trace.syntax;

import dev.skep.trace.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * What {@code #define} says.
 *
 * @param parameters empty for a name alone
 * @param text where what it stands for is written, as a whole
 * @param body the tokens of that
 */
record CMacro(String name, Optional<List<String>> parameters, Span text, List<Token> body) {
    CMacro {
        parameters = parameters.map(List::copyOf);
        body = List.copyOf(body);
    }
}
