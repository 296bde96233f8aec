package dev.skep.compiler.ir;

/** A variable of the source that is assigned more than once: {@link FunctionBuilder} turns it into values. */
public final class Variable {
    private final String name;
    private final Type type;

    /** A variable of the function that is built. */
    public Variable(String name, Type type) {
        this.name = name;
        this.type = type;
    }

    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }
}
