package dev.skep.trace.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Script;
import java.util.List;

/** The laws of formatting: it changes nothing that a script means, loses no comment, and is done after the first time. */
final class RoundTrip extends Rewriter {
    private static final Span NOWHERE = new Span(new SourceText("nowhere", ""), 0, 0);

    private RoundTrip() {}

    @Override
    protected Span span(Span span) {
        return NOWHERE;
    }

    /** The items of a script as if all stood at one place; lines of C by their text. */
    static List<Object> meaning(Script script) {
        return script.items().stream()
                .map(item -> switch (item) {
                    case Script.Directive directive -> (Object) stripped(directive.span());
                    case Script.Definition definition -> stripped(definition.span());
                    case Script.Interpreter interpreter -> stripped(interpreter.span());
                    default -> new RoundTrip().item(item);
                })
                .toList();
    }

    private static String stripped(Span span) {
        return span.text().replaceAll("[ \t\r]+(?=\n|$)", "");
    }

    /** Checks the laws, and gives the canonical form. */
    static String check(String text) {
        Script script = ScriptAssert.parsed(text);
        String formatted = Formatter.format(script);
        Script again = ScriptAssert.parsed(formatted);
        for (int i = 0; i < script.items().size(); i++) {
            assertThat(meaning(again).get(i))
                    .as(formatted)
                    .isEqualTo(meaning(script).get(i));
        }
        assertThat(again.items()).hasSameSizeAs(script.items());
        assertThat(words(again)).as(formatted).containsExactlyInAnyOrderElementsOf(words(script));
        assertThat(Formatter.format(again)).isEqualTo(formatted);
        return formatted;
    }

    private static List<String> words(Script script) {
        return script.comments().stream()
                .map(comment -> comment.text().replaceAll("\\s+", " ").strip())
                .toList();
    }
}
