package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;

/** What the kernel's messages call a type, and which structs it takes for plain data. */
final class BtfWords {
    /** How deep structs of numbers may be nested ({@code MAX_RESOLVE_DEPTH} of {@code __btf_type_is_scalar_struct}). */
    private static final int MOST_NESTED = 3;

    private BtfWords() {}

    /** {@code btf_type_str}: {@code STRUCT}. */
    static String kind(Btf btf, int id) {
        return switch (btf.type(id)) {
            case BtfType.Void none -> "UNKNOWN";
            case BtfType.Int number -> "INT";
            case BtfType.Pointer pointer -> "PTR";
            case BtfType.Array array -> "ARRAY";
            case BtfType.Composite composite -> composite.union() ? "UNION" : "STRUCT";
            case BtfType.Enumeration enumeration -> enumeration.wide() ? "ENUM64" : "ENUM";
            case BtfType.Forward forward -> "FWD";
            case BtfType.Typedef typedef -> "TYPEDEF";
            case BtfType.Qualified qualified -> qualified.qualifier().name();
            case BtfType.Function function -> "FUNC";
            case BtfType.FunctionPrototype prototype -> "FUNC_PROTO";
            case BtfType.Variable variable -> "VAR";
            case BtfType.DataSection section -> "DATASEC";
            case BtfType.Float real -> "FLOAT";
            case BtfType.DeclarationTag tag -> "DECL_TAG";
            case BtfType.TypeTag tag -> "TYPE_TAG";
        };
    }

    /** A struct with nothing but numbers, arrays of numbers and such structs in it. */
    static boolean isScalarStruct(Btf btf, int id) {
        return isScalarStruct(btf, id, 0);
    }

    private static boolean isScalarStruct(Btf btf, int id, int depth) {
        if (!(btf.type(id) instanceof BtfType.Composite composite)) {
            return false;
        }
        for (BtfType.Member member : composite.members()) {
            int type = btf.strip(member.type());
            if (btf.type(type) instanceof BtfType.Composite) {
                if (depth >= MOST_NESTED || !isScalarStruct(btf, type, depth + 1)) {
                    return false;
                }
                continue;
            }
            if (btf.type(type) instanceof BtfType.Array array) {
                type = btf.strip(array.element());
            }
            if (!KernelArgumentKind.isNumber(btf, type)) {
                return false;
            }
        }
        return true;
    }
}
