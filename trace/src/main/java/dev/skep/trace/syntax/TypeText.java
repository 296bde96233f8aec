package dev.skep.trace.syntax;

import dev.skep.trace.tree.TypeName;

/** Types as they are written. */
final class TypeText {
    private final ExpressionFormatter expressions;

    TypeText(ExpressionFormatter expressions) {
        this.expressions = expressions;
    }

    String of(TypeName type) {
        return switch (type) {
            case TypeName.Named named ->
                named.keyword().map(keyword -> keyword + " ").orElse("") + named.name();
            case TypeName.PointerTo pointer ->
                of(pointer.target()) + (pointer.target() instanceof TypeName.PointerTo ? "*" : " *");
            case TypeName.ArrayOf array ->
                of(array.element()) + "[" + array.size().map(expressions::text).orElse("") + "]";
            case TypeName.TypeOf typeOf -> "typeof(" + expressions.text(typeOf.expression()) + ")";
        };
    }
}
