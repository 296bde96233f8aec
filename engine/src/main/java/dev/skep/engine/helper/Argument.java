package dev.skep.engine.helper;

/**
 * What a helper's argument register must hold, as far as memory is concerned: the kernel's {@code enum bpf_arg_type}, reduced to
 * what checked mode has to know.
 */
sealed interface Argument {
    /** A number, a flag, a context, a handle: nothing to check. */
    record Scalar() implements Argument {}

    /** A {@code struct bpf_map *}. Checked when used. */
    record MapHandle() implements Argument {}

    /** Memory of a fixed size in bytes. */
    record Fixed(int size, Access access) implements Argument {}

    /** Memory whose size in bytes is in another argument. @param sizeArgument index of that argument, from 0 */
    record Sized(int sizeArgument, Access access, boolean nullable) implements Argument {}

    /** A key of the map in the first argument. */
    record Key() implements Argument {}

    /** A value of the map in the first argument. */
    record Value(Access access) implements Argument {}

    /** What the helper does with memory. */
    enum Access {
        READ,
        WRITE
    }

    Argument SCALAR = new Scalar();
    Argument MAP = new MapHandle();
    Argument KEY = new Key();
    Argument VALUE_IN = new Value(Access.READ);
    Argument VALUE_OUT = new Value(Access.WRITE);
    /** A {@code struct bpf_dynptr}. */
    Argument DYNPTR = new Fixed(16, Access.READ);
    /** A {@code struct bpf_dynptr} to be set. */
    Argument DYNPTR_OUT = new Fixed(16, Access.WRITE);

    /** Memory the helper reads, of the size in argument {@code sizeArgument} (from 0). */
    static Argument in(int sizeArgument) {
        return new Sized(sizeArgument, Access.READ, false);
    }

    /** As {@link #in}; the address may be 0 if the size is. */
    static Argument inOrNull(int sizeArgument) {
        return new Sized(sizeArgument, Access.READ, true);
    }

    /** Memory the helper writes, of the size in argument {@code sizeArgument} (from 0). */
    static Argument out(int sizeArgument) {
        return new Sized(sizeArgument, Access.WRITE, false);
    }

    /** Memory of {@code size} bytes the helper writes. */
    static Argument out8() {
        return new Fixed(8, Access.WRITE);
    }
}
