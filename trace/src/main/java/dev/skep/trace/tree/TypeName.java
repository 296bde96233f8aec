package dev.skep.trace.tree;

import dev.skep.trace.source.Span;
import java.util.Optional;

/** A type as a script writes it. */
public sealed interface TypeName {
    /** Where it is written. */
    Span span();

    /**
     * A name: {@code uint64}, {@code string}, {@code struct task_struct}, {@code enum pid_type}, {@code count_t}.
     *
     * @param keyword {@code struct}, {@code union} or {@code enum}; empty for other names
     */
    record Named(Span span, Optional<String> keyword, String name) implements TypeName {}

    /** {@code target *}. */
    record PointerTo(Span span, TypeName target) implements TypeName {}

    /** {@code element[size]}. @param size empty where it follows from the value */
    record ArrayOf(Span span, TypeName element, Optional<Expression> size) implements TypeName {}

    /** {@code typeof(expression)}: the type of what is not evaluated. */
    record TypeOf(Span span, Expression expression) implements TypeName {}
}
