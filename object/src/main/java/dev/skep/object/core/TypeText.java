package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import java.util.Locale;

/** Types as messages name them. */
final class TypeText {
    private TypeText() {}

    /** For example {@code struct task_struct}, {@code typedef pid_t}, {@code union <anon>}. */
    static String of(BtfType type) {
        return kind(type) + " " + (type.name().isEmpty() ? "<anon>" : type.name());
    }

    /** The word libbpf uses for the kind of a type ({@code btf_kind_str}). */
    static String kind(BtfType type) {
        return switch (type) {
            case BtfType.Void t -> "void";
            case BtfType.Int t -> "int";
            case BtfType.Pointer t -> "ptr";
            case BtfType.Array t -> "array";
            case BtfType.Composite t -> t.union() ? "union" : "struct";
            case BtfType.Enumeration t -> t.wide() ? "enum64" : "enum";
            case BtfType.Forward t -> "fwd";
            case BtfType.Typedef t -> "typedef";
            case BtfType.Qualified t -> t.qualifier().name().toLowerCase(Locale.ROOT);
            case BtfType.Function t -> "func";
            case BtfType.FunctionPrototype t -> "func_proto";
            case BtfType.Variable t -> "var";
            case BtfType.DataSection t -> "datasec";
            case BtfType.Float t -> "float";
            case BtfType.DeclarationTag t -> "decl_tag";
            case BtfType.TypeTag t -> "type_tag";
        };
    }

    /** What a field's type is, for comparing two of them: {@code int 4 bytes (unsigned int)}, {@code ptr}, {@code struct foo}. */
    static String field(TypeSpace space, int id) {
        BtfType type = space.stripped(id);
        return switch (type) {
            case BtfType.Int t -> (t.signed() ? "signed " : "unsigned ") + t.size() + "-byte " + t.name();
            case BtfType.Pointer t -> "a pointer";
            case BtfType.Array t ->
                "an array of " + Integer.toUnsignedString(t.length()) + " x "
                        + field(space, space.innermostElement(id));
            default -> of(type);
        };
    }
}
