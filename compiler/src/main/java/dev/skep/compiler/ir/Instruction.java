package dev.skep.compiler.ir;

/** An operation at its place in a block; as a value, what it results in. Passes may replace the operation, never the type. */
public final class Instruction implements Value {
    private final Type type;
    private final Position position;
    private Operation operation;

    /** An operation that comes from {@code position}; it is put into a block by {@link Block#instructions()}. */
    public Instruction(Operation operation, Position position) {
        this.type = operation.type();
        this.operation = operation;
        this.position = position;
    }

    /** What is done. */
    public Operation operation() {
        return operation;
    }

    /** Where the source asks for it. */
    public Position position() {
        return position;
    }

    /** {@link Type.Nothing#VOID} if there is no result. */
    @Override
    public Type type() {
        return type;
    }

    /** Does something else from now on. @throws IllegalArgumentException if that has another type */
    public void replace(Operation other) {
        if (!other.type().equals(type)) {
            throw new IllegalArgumentException(other + " is of type " + other.type() + ", not " + type);
        }
        operation = other;
    }
}
