package dev.skep.object.btf;

import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/** The ids by which a type refers to others, in the order in which they stand in the file. */
public final class TypeReferences {
    private TypeReferences() {}

    /** Calls {@code action} with every id that {@code type} refers to, 0 for void included, repeated ones repeatedly. */
    public static void forEach(BtfType type, IntConsumer action) {
        switch (type) {
            case BtfType.Void _, BtfType.Int _, BtfType.Float _, BtfType.Enumeration _, BtfType.Forward _ -> {}
            case BtfType.Pointer t -> action.accept(t.target());
            case BtfType.Array t -> {
                action.accept(t.element());
                action.accept(t.index());
            }
            case BtfType.Composite t -> t.members().forEach(member -> action.accept(member.type()));
            case BtfType.Typedef t -> action.accept(t.target());
            case BtfType.Qualified t -> action.accept(t.target());
            case BtfType.Function t -> action.accept(t.prototype());
            case BtfType.FunctionPrototype t -> {
                action.accept(t.returnType());
                t.parameters().forEach(parameter -> action.accept(parameter.type()));
            }
            case BtfType.Variable t -> action.accept(t.type());
            case BtfType.DataSection t -> t.variables().forEach(variable -> action.accept(variable.type()));
            case BtfType.DeclarationTag t -> action.accept(t.target());
            case BtfType.TypeTag t -> action.accept(t.target());
        }
    }

    /** The same type with every id {@code i} it refers to, 0 for void included, replaced by {@code newId(i)}. */
    public static BtfType map(BtfType type, IntUnaryOperator newId) {
        return switch (type) {
            case BtfType.Void _, BtfType.Int _, BtfType.Float _, BtfType.Enumeration _, BtfType.Forward _ -> type;
            case BtfType.Pointer t -> new BtfType.Pointer(newId.applyAsInt(t.target()));
            case BtfType.Array t ->
                new BtfType.Array(newId.applyAsInt(t.element()), newId.applyAsInt(t.index()), t.length());
            case BtfType.Composite t ->
                new BtfType.Composite(
                        t.name(),
                        t.union(),
                        t.size(),
                        t.members().stream()
                                .map(m -> new BtfType.Member(
                                        m.name(), newId.applyAsInt(m.type()), m.bitOffset(), m.bitfieldSize()))
                                .toList());
            case BtfType.Typedef t -> new BtfType.Typedef(t.name(), newId.applyAsInt(t.target()));
            case BtfType.Qualified t -> new BtfType.Qualified(t.qualifier(), newId.applyAsInt(t.target()));
            case BtfType.Function t -> new BtfType.Function(t.name(), t.linkage(), newId.applyAsInt(t.prototype()));
            case BtfType.FunctionPrototype t ->
                new BtfType.FunctionPrototype(
                        newId.applyAsInt(t.returnType()),
                        t.parameters().stream()
                                .map(p -> new BtfType.Parameter(p.name(), newId.applyAsInt(p.type())))
                                .toList(),
                        t.variadic());
            case BtfType.Variable t -> new BtfType.Variable(t.name(), newId.applyAsInt(t.type()), t.linkage());
            case BtfType.DataSection t ->
                new BtfType.DataSection(
                        t.name(),
                        t.size(),
                        t.variables().stream()
                                .map(v -> new BtfType.SectionVariable(newId.applyAsInt(v.type()), v.offset(), v.size()))
                                .toList());
            case BtfType.DeclarationTag t ->
                new BtfType.DeclarationTag(t.name(), newId.applyAsInt(t.target()), t.component(), t.attribute());
            case BtfType.TypeTag t -> new BtfType.TypeTag(t.name(), newId.applyAsInt(t.target()), t.attribute());
        };
    }
}
