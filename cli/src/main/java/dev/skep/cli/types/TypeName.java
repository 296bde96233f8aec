package dev.skep.cli.types;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;

/** The name of a BTF type in one line, as C writes it in a declaration without a variable: {@code struct counter *}. */
public final class TypeName {
    /** Types nested deeper than that, which only forged BTF has, are not spelled out. */
    private static final int MAX_DEPTH = 16;

    private TypeName() {}

    /** The name of type {@code id}. */
    public static String of(Btf btf, int id) {
        return of(btf, id, 0);
    }

    private static String of(Btf btf, int id, int depth) {
        if (depth > MAX_DEPTH || id >= btf.typeCount()) {
            return "...";
        }
        return switch (btf.type(id)) {
            case BtfType.Void _ -> "void";
            case BtfType.Pointer t -> pointer(of(btf, t.target(), depth + 1));
            case BtfType.Array t -> array(of(btf, t.element(), depth + 1), t.length());
            case BtfType.Composite t -> (t.union() ? "union" : "struct") + named(t.name());
            case BtfType.Enumeration t -> "enum" + named(t.name());
            case BtfType.Forward t -> (t.union() ? "union" : "struct") + named(t.name());
            case BtfType.Qualified t ->
                t.qualifier().name().toLowerCase(java.util.Locale.ROOT) + " " + of(btf, t.target(), depth + 1);
            case BtfType.TypeTag t -> of(btf, t.target(), depth + 1);
            case BtfType.FunctionPrototype _ -> "function";
            case BtfType.Variable t -> of(btf, t.type(), depth + 1);
            case BtfType.DeclarationTag t -> of(btf, t.target(), depth + 1);
            case BtfType.Int t -> t.name();
            case BtfType.Typedef t -> t.name();
            case BtfType.Function t -> t.name();
            case BtfType.DataSection t -> t.name();
            case BtfType.Float t -> t.name();
        };
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : " " + name;
    }

    private static String pointer(String target) {
        return target + (target.endsWith("*") ? "*" : " *");
    }

    /** Of an array of arrays the outer length comes first: {@code int[2][3]} is two of {@code int[3]}. */
    private static String array(String element, int length) {
        int bracket = element.indexOf('[');
        String size = "[" + Integer.toUnsignedString(length) + "]";
        return bracket < 0 ? element + size : element.substring(0, bracket) + size + element.substring(bracket);
    }
}
