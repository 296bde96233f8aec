package dev.skep.engine.jit;

import dev.skep.engine.helper.Helper;
import java.util.Optional;

/**
 * A BPF instruction by its meaning (RFC 9669), with encodings that mean the same made one. Registers are numbers from 0 to 10;
 * targets are slots of the program.
 */
sealed interface Operation {
    /** Registers of the machine: r0 to r10. */
    int REGISTERS = 11;

    /** The frame pointer. */
    int FRAME_POINTER = 10;

    /** No registers. */
    int[] NONE = {};

    /** The registers calls pass on. */
    int[] ARGUMENTS = {1, 2, 3, 4, 5};

    /** The second operand: a register or a number. */
    sealed interface Operand {
        /** The contents of a register. */
        record Register(int number) implements Operand {}

        /** An immediate, sign-extended. */
        record Immediate(long value) implements Operand {}
    }

    /** Operations on two operands that leave the result in the first. Division is unsigned unless it says so. */
    enum Binary {
        ADD,
        SUB,
        MUL,
        DIV,
        MOD,
        SIGNED_DIV,
        SIGNED_MOD,
        OR,
        AND,
        XOR,
        LSH,
        RSH,
        ARSH
    }

    /** Operations on one operand in place. {@code LOW16} and {@code LOW32} are {@code le16} and {@code le32}. */
    enum Unary {
        NEG,
        SWAP16,
        SWAP32,
        SWAP64,
        LOW16,
        LOW32
    }

    /** How a conditional jump compares. */
    enum Comparison {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE,
        SIGNED_GT,
        SIGNED_GE,
        SIGNED_LT,
        SIGNED_LE,
        SET
    }

    /** What an atomic operation does to memory. */
    enum AtomicKind {
        ADD,
        OR,
        AND,
        XOR,
        EXCHANGE,
        COMPARE_EXCHANGE,
        LOAD_ACQUIRE,
        STORE_RELEASE
    }

    /** {@code dst = value}. */
    record Constant(int dst, long value) implements Operation {}

    /** {@code dst = src}, of which the lower {@code bits} count, sign-extended if {@code signed}; to 32 bits unless wide. */
    record Move(int dst, int src, int bits, boolean signed, boolean wide) implements Operation {
        static Move whole(int dst, int src) {
            return new Move(dst, src, 64, false, true);
        }
    }

    /** {@code dst = dst op operand}, on 64 bits if wide, else on 32 with the upper half zeroed. */
    record Arithmetic(Binary operator, boolean wide, int dst, Operand operand) implements Operation {}

    /** {@code dst = op dst}. */
    record InPlace(Unary operator, boolean wide, int dst) implements Operation {}

    /** {@code dst = *(base + offset)}. @param size 1, 2, 4 or 8 bytes */
    record Load(int dst, int base, int offset, int size, boolean signed) implements Operation {}

    /** {@code *(base + offset) = value}. */
    record Store(int base, int offset, int size, Operand value) implements Operation {}

    /**
     * A read-modify-write operation, load-acquire or store-release.
     *
     * @param operand register with the operand; takes the old value if {@code fetches} (but compare-and-exchange gives it to r0);
     *     the destination of a load-acquire
     * @param size 4 or 8 bytes; 1 and 2 only for load-acquire and store-release
     */
    record Atomic(AtomicKind kind, int size, int base, int offset, int operand, boolean fetches) implements Operation {}

    /** {@code LD_ABS}, {@code LD_IND}: r0 = bytes of the packet, or the function ends with 0. */
    record PacketLoad(int size, int offset, Optional<Integer> index) implements Operation {}

    /** A conditional jump. */
    record Branch(Comparison comparison, boolean wide, int left, Operand right, int target) implements Operation {}

    /** An unconditional jump. */
    record Jump(int target) implements Operation {}

    /** {@code may_goto}: jumps once the function has passed here too often. */
    record MayGoto(int target) implements Operation {}

    /** A call of a helper or kernel function. @param number the helper's, or -1 for what is no helper of the table */
    record CallHelper(Helper helper, int number) implements Operation {}

    /** A call of a function of the program, by the position of its first instruction. */
    record CallFunction(int entry) implements Operation {}

    /** {@code callx}: a function's address or a helper's number in a register. */
    record CallRegister(int register) implements Operation {}

    /** {@code bpf_tail_call}. If it fails, r0 stays as it was. */
    record TailCall() implements Operation {}

    /** The end of the function; r0 is its result. */
    record Exit() implements Operation {}

    /** True for what ends a block without going on to the next instruction. */
    default boolean endsFlow() {
        return this instanceof Exit || this instanceof Jump;
    }

    /** Where it may jump to, -1 if nowhere. */
    default int target() {
        return switch (this) {
            case Branch branch -> branch.target;
            case Jump jump -> jump.target;
            case MayGoto mayGoto -> mayGoto.target;
            default -> -1;
        };
    }

    /** True for calls, after which r1 to r5 hold nothing. */
    default boolean isCall() {
        return switch (this) {
            case CallHelper ignored -> true;
            case CallFunction ignored -> true;
            case CallRegister ignored -> true;
            case TailCall ignored -> true;
            case PacketLoad ignored -> true;
            default -> false;
        };
    }

    /** The register it defines, -1 if none. */
    default int defines() {
        return switch (this) {
            case Constant constant -> constant.dst;
            case Move move -> move.dst;
            case Arithmetic arithmetic -> arithmetic.dst;
            case InPlace inPlace -> inPlace.dst;
            case Load load -> load.dst;
            case Atomic atomic ->
                switch (atomic.kind) {
                    case COMPARE_EXCHANGE -> 0;
                    case LOAD_ACQUIRE -> atomic.operand;
                    default -> atomic.fetches ? atomic.operand : -1;
                };
            default -> isCall() ? 0 : -1;
        };
    }

    /** The registers it looks at, each place once for every operand. */
    default int[] uses() {
        return switch (this) {
            case Constant ignored -> NONE;
            case Move move -> new int[] {move.src};
            case Arithmetic arithmetic -> with(arithmetic.dst, arithmetic.operand);
            case InPlace inPlace -> new int[] {inPlace.dst};
            case Load load -> new int[] {load.base};
            case Store store -> with(store.base, store.value);
            case Atomic atomic ->
                switch (atomic.kind) {
                    case LOAD_ACQUIRE -> new int[] {atomic.base};
                    case COMPARE_EXCHANGE -> new int[] {atomic.base, atomic.operand, 0};
                    default -> new int[] {atomic.base, atomic.operand};
                };
            case PacketLoad load -> load.index.isPresent() ? new int[] {load.index.get()} : NONE;
            case Branch branch -> with(branch.left, branch.right);
            case CallHelper ignored -> ARGUMENTS;
            case CallFunction ignored -> ARGUMENTS;
            case CallRegister call -> new int[] {1, 2, 3, 4, 5, call.register};
            case TailCall ignored -> new int[] {1, 2, 3, 0};
            case Exit ignored -> new int[] {0};
            case Jump ignored -> NONE;
            case MayGoto ignored -> NONE;
        };
    }

    private static int[] with(int first, Operand second) {
        return second instanceof Operand.Register register ? new int[] {first, register.number()} : new int[] {first};
    }
}
