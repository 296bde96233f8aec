package dev.skep.compiler.ir;

/**
 * A number, or the null pointer.
 *
 * @param value for {@link Int#I32} the number sign-extended; 0 for a pointer
 */
public record Constant(Type type, long value) implements Value {
    public Constant {
        if (type == Type.Nothing.VOID || type == Int.I8 || type == Int.I16) {
            throw new IllegalArgumentException("no constant has the type " + type);
        }
        if (type == Int.I32 && value != (int) value) {
            throw new IllegalArgumentException(value + " does not fit into 32 bits");
        }
        if (type instanceof Pointer && value != 0) {
            throw new IllegalArgumentException("the only constant pointer is null");
        }
    }

    /** A number of 32 bits. */
    public static Constant of(int value) {
        return new Constant(Int.I32, value);
    }

    /** A number of 64 bits. */
    public static Constant of(long value) {
        return new Constant(Int.I64, value);
    }

    /** A number of either size, cut to it. */
    public static Constant of(Int type, long value) {
        return new Constant(type, type == Int.I32 ? (int) value : value);
    }

    /** Null, as a pointer of this type. */
    public static Constant nullPointer(Pointer type) {
        return new Constant(type, 0);
    }
}
