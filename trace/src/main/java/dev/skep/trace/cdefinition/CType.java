package dev.skep.trace.cdefinition;

/** A type of C, as a script's preamble writes it. Names of types that the preamble defines itself are resolved. */
public sealed interface CType {
    /** {@code void}. */
    record Nothing() implements CType {}

    /** An integer. @param size in bytes @param character true for {@code char}, arrays of which are texts */
    record Number(int size, boolean signed, boolean character) implements CType {}

    /** {@code bool}. */
    record Truth() implements CType {}

    /** {@code float}, {@code double}: known only to have a size. */
    record Fraction(int size) implements CType {}

    /** An address. */
    record Pointer(CType target) implements CType {}

    /** Elements one after the other. @param length 0 where it is not said */
    record Array(CType element, long length) implements CType {}

    /**
     * A structure, union or enumeration by its name, or a name of a type that is defined elsewhere, for example in the kernel.
     *
     * @param name with its keyword, if it has one: {@code struct sock}, {@code spinlock_t}
     */
    record Named(String name) implements CType {}

    /** A structure or union without a name. */
    record Anonymous(CStructure structure) implements CType {}

    /** What a pointer to a function points to. */
    record Function() implements CType {}
}
