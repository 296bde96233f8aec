package dev.skep.compiler.ir;

/**
 * A value that a block gets from whoever jumps to it, or the function's caller for the first block: what other representations
 * call a phi.
 */
public final class BlockParameter implements Value {
    private final String name;
    private final Type type;

    BlockParameter(String name, Type type) {
        this.name = name;
        this.type = type;
    }

    /** The source's name of the variable, or {@code ""}. */
    public String name() {
        return name;
    }

    @Override
    public Type type() {
        return type;
    }
}
