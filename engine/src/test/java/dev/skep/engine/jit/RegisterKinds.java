package dev.skep.engine.jit;

import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** What r0 to r9 hold at a place of a program that is being written, so that it never reads what a verifier would not let it. */
final class RegisterKinds {
    static final int COUNT = 10;

    /** What a register holds. */
    sealed interface Kind {}

    /** Nothing that may be read. */
    record Undefined() implements Kind {}

    /** Some number. */
    record Number() implements Kind {}

    /**
     * An address.
     *
     * @param low first offset from it that may be accessed
     * @param high offset after the last byte
     * @param aligned true if it is a multiple of 8
     */
    record Pointer(int low, int high, boolean aligned) implements Kind {}

    static final Kind UNDEFINED = new Undefined();
    static final Kind NUMBER = new Number();

    private final Kind[] kinds;

    private RegisterKinds(Kind[] kinds) {
        this.kinds = kinds;
    }

    /** A function has been entered: r1 is a pointer, r2 to r5 are numbers if {@code arguments}. */
    static RegisterKinds atEntry(Pointer first, boolean arguments) {
        Kind[] kinds = new Kind[COUNT];
        for (int r = 0; r < COUNT; r++) {
            kinds[r] = arguments && r >= 2 && r <= 5 ? NUMBER : UNDEFINED;
        }
        kinds[1] = first;
        return new RegisterKinds(kinds);
    }

    RegisterKinds copy() {
        return new RegisterKinds(kinds.clone());
    }

    Kind get(int register) {
        return kinds[register];
    }

    void set(int register, Kind kind) {
        kinds[register] = kind;
    }

    /** r0 to r5 are lost; r0 holds {@code result}. */
    void called(Kind result) {
        for (int r = 1; r <= 5; r++) {
            kinds[r] = UNDEFINED;
        }
        kinds[0] = result;
    }

    /** Keeps what is the same in {@code other}. */
    void mergeWith(RegisterKinds other) {
        for (int r = 0; r < COUNT; r++) {
            if (!kinds[r].equals(other.kinds[r])) {
                kinds[r] = UNDEFINED;
            }
        }
    }

    /** The registers that hold numbers. */
    int[] numbers() {
        return where(r -> kinds[r].equals(NUMBER));
    }

    /** The registers that hold addresses. */
    int[] pointers() {
        return where(r -> kinds[r] instanceof Pointer);
    }

    private static int[] where(IntPredicate wanted) {
        return IntStream.range(0, COUNT).filter(wanted).toArray();
    }

    /** The registers that are not among {@code taken}. */
    static int[] free(BitSet taken) {
        return where(r -> !taken.get(r));
    }
}
