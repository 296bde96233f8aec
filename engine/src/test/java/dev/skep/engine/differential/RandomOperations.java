package dev.skep.engine.differential;

import dev.skep.object.instruction.Opcode;
import java.util.random.RandomGenerator;

/**
 * Random instructions that any verifier accepts where the registers they use hold numbers and the stack between {@link
 * #STACK_LOW} and {@link #STACK_HIGH} was written to.
 */
final class RandomOperations {
    /** Offset from r10 of the first byte of the stack that instructions may use. */
    static final int STACK_LOW = -48;

    /** Offset from r10 after the last byte of the stack that instructions may use. */
    static final int STACK_HIGH = -16;

    private static final int FRAME_POINTER = 10;
    private static final int[] SIZES = {Opcode.BPF_B, Opcode.BPF_H, Opcode.BPF_W, Opcode.BPF_DW};
    private static final int[] ARITHMETIC = {
        Opcode.BPF_ADD,
        Opcode.BPF_SUB,
        Opcode.BPF_MUL,
        Opcode.BPF_DIV,
        Opcode.BPF_OR,
        Opcode.BPF_AND,
        Opcode.BPF_LSH,
        Opcode.BPF_RSH,
        Opcode.BPF_MOD,
        Opcode.BPF_XOR,
        Opcode.BPF_MOV,
        Opcode.BPF_ARSH
    };
    private static final int[] CONDITIONS = {
        Opcode.BPF_JEQ,
        Opcode.BPF_JGT,
        Opcode.BPF_JGE,
        Opcode.BPF_JSET,
        Opcode.BPF_JNE,
        Opcode.BPF_JSGT,
        Opcode.BPF_JSGE,
        Opcode.BPF_JLT,
        Opcode.BPF_JLE,
        Opcode.BPF_JSLT,
        Opcode.BPF_JSLE
    };
    private static final int[] FETCHING = {Opcode.BPF_ADD, Opcode.BPF_OR, Opcode.BPF_AND, Opcode.BPF_XOR};

    private final RandomGenerator random;

    RandomOperations(RandomGenerator random) {
        this.random = random;
    }

    private int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A number, often one at which something overflows or changes its sign. */
    long number() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> EdgeNumbers.any(random);
            case 2 -> random.nextLong() >> random.nextInt(64);
            default -> random.nextLong();
        };
    }

    private int immediate() {
        return (int) number();
    }

    /** One of r0 to r9. */
    int register() {
        return random.nextInt(FRAME_POINTER);
    }

    private int registerOtherThan(int... others) {
        while (true) {
            int candidate = register();
            boolean taken = false;
            for (int other : others) {
                taken |= other == candidate;
            }
            if (!taken) {
                return candidate;
            }
        }
    }

    private boolean chance() {
        return random.nextBoolean();
    }

    /** Arithmetic that leaves {@code spared} alone. @param spared a register's number, or -1 */
    void arithmetic(Slots slots, int spared) {
        int dst = registerOtherThan(spared);
        int width = chance() ? Opcode.BPF_ALU64 : Opcode.BPF_ALU;
        switch (random.nextInt(12)) {
            case 0 -> slots.add(width | Opcode.BPF_NEG, dst, 0, 0, 0);
            case 1 -> swap(slots, dst);
            case 2 -> signExtend(slots, width, dst);
            case 3 -> signedDivision(slots, width, dst);
            case 4 -> slots.lddw(dst, number());
            default -> plain(slots, width, dst, pick(ARITHMETIC));
        }
    }

    private void swap(Slots slots, int dst) {
        int bits = pick(16, 32, 64);
        boolean unconditional = random.nextInt(3) == 0;
        int opcode = Opcode.BPF_END
                | (unconditional
                        ? Opcode.BPF_ALU64
                        : Opcode.BPF_ALU | (chance() ? Opcode.BPF_TO_BE : Opcode.BPF_TO_LE));
        slots.add(opcode, dst, 0, 0, bits);
    }

    private void signExtend(Slots slots, int width, int dst) {
        int bits = width == Opcode.BPF_ALU64 ? pick(8, 16, 32) : pick(8, 16);
        slots.add(width | Opcode.BPF_MOV | Opcode.BPF_X, dst, register(), bits, 0);
    }

    private void signedDivision(Slots slots, int width, int dst) {
        int code = chance() ? Opcode.BPF_DIV : Opcode.BPF_MOD;
        if (chance()) {
            slots.add(width | code | Opcode.BPF_X, dst, register(), 1, 0);
        } else {
            slots.add(width | code | Opcode.BPF_K, dst, 0, 1, divisor());
        }
    }

    /** The kernel refuses to divide by the constant zero. */
    private int divisor() {
        int divisor = immediate();
        return divisor == 0 ? 1 : divisor;
    }

    private void plain(Slots slots, int width, int dst, int code) {
        if (chance()) {
            slots.add(width | code | Opcode.BPF_X, dst, register(), 0, 0);
            return;
        }
        int imm = switch (code) {
            case Opcode.BPF_DIV, Opcode.BPF_MOD -> divisor();
            // The kernel refuses constant shifts by as many bits as there are, or more.
            case Opcode.BPF_LSH, Opcode.BPF_RSH, Opcode.BPF_ARSH -> random.nextInt(width == Opcode.BPF_ALU64 ? 64 : 32);
            default -> immediate();
        };
        slots.add(width | code | Opcode.BPF_K, dst, 0, 0, imm);
    }

    /** A conditional jump over {@code distance} slots. */
    void conditionalJump(Slots slots, int distance) {
        int width = chance() ? Opcode.BPF_JMP : Opcode.BPF_JMP32;
        if (chance()) {
            slots.add(width | pick(CONDITIONS) | Opcode.BPF_X, register(), register(), distance, 0);
        } else {
            slots.add(width | pick(CONDITIONS) | Opcode.BPF_K, register(), 0, distance, immediate());
        }
    }

    /** A jump over {@code distance} slots, with a 16-bit or a 32-bit distance. */
    void jump(Slots slots, int distance) {
        if (chance()) {
            slots.add(Opcode.JA, 0, 0, distance, 0);
        } else {
            slots.add(Opcode.GOTOL, 0, 0, 0, distance);
        }
    }

    /** A load, a store or an atomic operation on the stack. */
    void stack(Slots slots) {
        memory(slots, FRAME_POINTER, STACK_LOW, STACK_HIGH, register());
    }

    /**
     * A load, a store or an atomic operation.
     *
     * @param base register that holds an address; not written to
     * @param low first offset from it that may be accessed, a multiple of 8
     * @param high offset after the last byte
     * @param operand register that may be written to, or read
     */
    void memory(Slots slots, int base, int low, int high, int operand) {
        int size = pick(SIZES);
        int bytes = bytes(size);
        int offset = low + random.nextInt((high - low) / bytes) * bytes;
        switch (random.nextInt(6)) {
            case 0 -> slots.add(Opcode.BPF_LDX | Opcode.BPF_MEM | size, operand, base, offset, 0);
            case 1 -> {
                int signed = size == Opcode.BPF_DW ? Opcode.BPF_MEM : Opcode.BPF_MEMSX;
                slots.add(Opcode.BPF_LDX | signed | size, operand, base, offset, 0);
            }
            case 2 -> slots.add(Opcode.BPF_ST | Opcode.BPF_MEM | size, base, 0, offset, immediate());
            case 3 -> slots.add(Opcode.BPF_STX | Opcode.BPF_MEM | size, base, operand, offset, 0);
            case 4 -> {
                if (chance()) {
                    slots.add(Opcode.BPF_STX | Opcode.BPF_ATOMIC | size, operand, base, offset, Opcode.BPF_LOAD_ACQ);
                } else {
                    slots.add(Opcode.BPF_STX | Opcode.BPF_ATOMIC | size, base, operand, offset, Opcode.BPF_STORE_REL);
                }
            }
            default -> atomic(slots, base, low, high, operand);
        }
    }

    private void atomic(Slots slots, int base, int low, int high, int operand) {
        int size = pick(Opcode.BPF_W, Opcode.BPF_DW);
        int bytes = bytes(size);
        int offset = low + random.nextInt((high - low) / bytes) * bytes;
        int operation = switch (random.nextInt(4)) {
            case 0 -> Opcode.BPF_XCHG;
            case 1 -> Opcode.BPF_CMPXCHG;
            default -> pick(FETCHING) | (chance() ? Opcode.BPF_FETCH : 0);
        };
        if (operation == Opcode.BPF_CMPXCHG && chance()) {
            // Otherwise the exchange would hardly ever take place.
            slots.add(Opcode.BPF_LDX | Opcode.BPF_MEM | size, 0, base, offset, 0);
        }
        slots.add(Opcode.BPF_STX | Opcode.BPF_ATOMIC | size, base, operand, offset, operation);
    }

    private static int bytes(int size) {
        return switch (size) {
            case Opcode.BPF_B -> 1;
            case Opcode.BPF_H -> 2;
            case Opcode.BPF_W -> 4;
            default -> 8;
        };
    }
}
