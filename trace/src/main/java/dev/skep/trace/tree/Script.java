package dev.skep.trace.tree;

import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import java.util.ArrayList;
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
     * {@code fn name($a: uint64): uint64 { body }}: a function with types, which bpftrace keeps for experiments.
     *
     * @param result what it gives back; {@code void} for nothing
     */
    public record Function(Span span, String name, List<Parameter> parameters, TypeName result, Statement.Block body)
            implements Item {
        public Function {
            parameters = List.copyOf(parameters);
        }
    }

    /** A parameter of a {@link Function}. */
    public record Parameter(Span span, Expression.Variable variable, TypeName type) {}

    /**
     * Where a probe is attached, as it is written: {@code name=provider:part:part}.
     *
     * @param name what stands before an equals sign
     * @param parts what the colons separate, the provider first
     */
    public record AttachPoint(Span span, Optional<String> name, List<AttachPart> parts) {
        public AttachPoint {
            parts = List.copyOf(parts);
        }

        /**
         * Its parts as text. Colons in arguments separate parts too, so that {@code $1} can be all of an attach point.
         *
         * @param arguments what {@code $1}, {@code $2} ... stand for; those not given are empty
         */
        public List<String> texts(List<String> arguments) {
            List<String> all = new ArrayList<>();
            for (AttachPart part : parts) {
                StringBuilder current = new StringBuilder();
                for (AttachPart.Piece piece : part.pieces()) {
                    String text = piece.text(arguments);
                    int colon = piece instanceof AttachPart.Piece.Parameter ? text.indexOf(':') : -1;
                    while (colon >= 0) {
                        all.add(current.append(text, 0, colon).toString());
                        current.setLength(0);
                        text = text.substring(colon + 1);
                        colon = text.indexOf(':');
                    }
                    current.append(text);
                }
                all.add(current.toString());
            }
            return all;
        }

        /** For example {@code kprobe}, as it is written: maybe short, or an alias. */
        public String provider() {
            return parts.getFirst().text(List.of());
        }
    }

    /**
     * A part of an attach point.
     *
     * @param pieces what it is put together from: {@code lib$1"++.so"} has three; none for an empty part
     */
    public record AttachPart(Span span, List<Piece> pieces) {
        public AttachPart {
            pieces = List.copyOf(pieces);
        }

        /** A piece of a part. */
        public sealed interface Piece {
            /** What it stands for. @param arguments what {@code $1}, {@code $2} ... stand for; those not given are empty */
            String text(List<String> arguments);

            /** Characters. @param quoted true if they stood in quotation marks, which are gone */
            record Text(String text, boolean quoted) implements Piece {
                @Override
                public String text(List<String> arguments) {
                    return text;
                }
            }

            /** {@code $1}. @param number from 1 */
            record Parameter(int number) implements Piece {
                @Override
                public String text(List<String> arguments) {
                    return number <= arguments.size() ? arguments.get(number - 1) : "";
                }
            }
        }

        /** All of it. @param arguments what {@code $1}, {@code $2} ... stand for; those not given are empty */
        public String text(List<String> arguments) {
            StringBuilder all = new StringBuilder();
            pieces.forEach(piece -> all.append(piece.text(arguments)));
            return all.toString();
        }
    }
}
