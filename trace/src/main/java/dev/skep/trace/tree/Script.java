package dev.skep.trace.tree;

import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * A whole script.
 *
 * @param items what stands at the outermost level, in the order of the text
 * @param comments all of them, in order, with their marks: what prints a script again needs them
 */
public record Script(SourceText source, List<Item> items, List<Span> comments) {
    public Script {
        items = List.copyOf(items);
        comments = List.copyOf(comments);
    }

    /** What stands at the outermost level. */
    public sealed interface Item {
        /** Where it is written. */
        Span span();
    }

    /** {@code #!} in the first line. */
    public record Interpreter(Span span) implements Item {}

    /** {@code #include}, {@code #define}, {@code #ifdef} ...: a line of C's preprocessor, with the lines that continue it. */
    public record Directive(Span span) implements Item {}

    /** {@code struct}, {@code union}, {@code enum}, {@code typedef}: text in C, up to the end of the declaration. */
    public record Definition(Span span) implements Item {}

    /** {@code import "path"}. */
    public record Import(Span span, String path) implements Item {}

    /** {@code config = { name = value; ... }}. */
    public record Config(Span span, List<Setting> settings) implements Item {
        public Config {
            settings = List.copyOf(settings);
        }
    }

    /** A setting. @param value a number, a text, a boolean or a word */
    public record Setting(Span span, String name, Span nameSpan, Expression value) {}

    /** {@code let @name = type(entries);}. */
    public record MapDeclaration(Span span, Expression.MapName map, String type, Span typeSpan, Expression entries)
            implements Item {}

    /** {@code macro name(parameters) { body }}. @param result the body's value, if it ends in an expression */
    public record Macro(
            Span span, String name, List<Expression> parameters, List<Statement> body, Optional<Expression> result)
            implements Item {
        public Macro {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    /** {@code probe, probe /predicate/ { body }}. */
    public record Probe(Span span, List<AttachPoint> attachPoints, Optional<Expression> predicate, Statement.Block body)
            implements Item {
        public Probe {
            attachPoints = List.copyOf(attachPoints);
        }
    }

    /**
     * Where a probe is attached, as it is written: {@code name=provider:part:part}.
     *
     * @param name what stands before an equals sign
     * @param parts what the colons separate, the provider first; quotation marks are gone, {@code $1} is not yet replaced
     */
    public record AttachPoint(Span span, Optional<String> name, List<String> parts) {
        public AttachPoint {
            parts = List.copyOf(parts);
        }

        /** For example {@code kprobe}, as it is written: maybe short, or an alias. */
        public String provider() {
            return parts.getFirst();
        }
    }
}
