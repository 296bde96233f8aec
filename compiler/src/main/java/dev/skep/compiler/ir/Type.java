package dev.skep.compiler.ir;

/** The type of a value: what the code generator and the passes must know of it. */
public sealed interface Type permits Int, Pointer, Type.Nothing {
    /** The result of what has none. */
    enum Nothing implements Type {
        /** No value. */
        VOID
    }

    /** True for integers of 64 bits and for pointers: they fill a register. */
    default boolean isWide() {
        return this != Int.I32;
    }
}
