package dev.skep.trace.code;

import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import java.util.List;

/** A value of a script in a program. What type it has is known from the expression. */
sealed interface Operand {
    /** Nothing: of calls that only do something. */
    Operand NONE = new Parts(List.of());

    /** A number, an address, anything of up to 8 bytes: 64 bits, extended as its type says. */
    record Scalar(Value value) implements Operand {}

    /**
     * Bytes at an address.
     *
     * @param address a pointer, or 64 bits if programs may not follow it
     * @param padded whether what a text leaves free is known to be zero, as keys want it
     */
    record Memory(Value address, int offset, Reach reach, boolean padded) implements Operand {
        Memory(Value address, int offset, Reach reach) {
            this(address, offset, reach, false);
        }

        /** The same, read by a helper if it could be loaded for its type: the verifier may not see the type for what is done with it. */
        Memory untyped() {
            return reach == Reach.TYPED ? new Memory(address, offset, Reach.KERNEL) : this;
        }
    }

    /** A text that is known. Each character is a byte. */
    record Literal(String text) implements Operand {}

    /** The elements of a tuple that is not in memory yet. */
    record Parts(List<Operand> elements) implements Operand {}

    /** Numbers at offsets: of what has a layout of its own. */
    record Fields(List<Field> fields) implements Operand {}

    /** A number of {@link Fields}. */
    record Field(int offset, Int width, Value value) {}

    /** How memory is read. */
    enum Reach {
        /** By a load: it is the program's own. */
        DIRECT,
        /** By a load, once it is known not to be null: a structure of the kernel's whose type the verifier knows. */
        TYPED,
        /** By a helper: the kernel's. */
        KERNEL,
        /** By a helper: the process's. */
        USER,
        /** By a helper that decides by the address. */
        ANY
    }
}
