package dev.skep.verifier.value;

/** What is known of a register's content. Immutable; what an instruction does makes a new value. */
public sealed interface Value permits Uninitialized, Scalar, Pointer {

    /** True if nothing was written yet, so that it must not be read. */
    default boolean isUninitialized() {
        return this == Uninitialized.INSTANCE;
    }

    /** True for numbers whose value is one known constant. */
    default boolean isConstant() {
        return this instanceof Scalar scalar && scalar.range().isConstant();
    }

    /** True if the value is known to be the number 0. */
    default boolean isZero() {
        return this instanceof Scalar scalar
                && scalar.range().isConstant()
                && scalar.range().constant() == 0;
    }
}
