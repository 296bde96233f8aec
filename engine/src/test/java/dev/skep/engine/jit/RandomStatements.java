package dev.skep.engine.jit;

import dev.skep.engine.differential.EdgeNumbers;
import dev.skep.engine.jit.RegisterKinds.Pointer;
import java.util.random.RandomGenerator;

/** Random statements without loops and calls: arithmetic, memory, the stack. */
final class RandomStatements {
    private static final String[] OPERATORS = {
        "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "<<=", ">>=", "s>>=", "s/=", "s%=", "="
    };
    private static final String[] COMPARISONS = {"==", "!=", ">", ">=", "<", "<=", "s>", "s>=", "s<", "s<=", "&"};
    private static final String[] SIZES = {"u8", "u16", "u32", "u64"};
    private static final String[] SIGNED_SIZES = {"s8", "s16", "s32"};

    private final RandomGenerator random;

    RandomStatements(RandomGenerator random) {
        this.random = random;
    }

    boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String pick(String... choices) {
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

    int immediate() {
        return (int) number();
    }

    /** A register that may be given something else. */
    int target(FunctionText text) {
        return pick(RegisterKinds.free(text.kept));
    }

    /** A register that holds a number. */
    int source(FunctionText text) {
        int[] numbers = text.registers.numbers();
        return numbers.length > 0 ? pick(numbers) : newNumber(text);
    }

    /** A register that holds a number and may be changed. */
    int changeable(FunctionText text) {
        for (int attempt = 0; attempt < 4; attempt++) {
            int register = source(text);
            if (!text.kept.get(register)) {
                return register;
            }
        }
        return newNumber(text);
    }

    private int newNumber(FunctionText text) {
        int register = target(text);
        constant(text, register);
        return register;
    }

    private void constant(FunctionText text, int register) {
        switch (random.nextInt(3)) {
            case 0 -> text.add("r%d = 0x%x ll", register, number());
            case 1 -> text.add("r%d = %d", register, immediate());
            default -> text.add("w%d = %d", register, immediate());
        }
        text.registers.set(register, RegisterKinds.NUMBER);
    }

    void arithmetic(FunctionText text) {
        switch (random.nextInt(10)) {
            case 0 -> newNumber(text);
            case 1 -> move(text);
            case 2 -> {
                int register = changeable(text);
                text.add("r%d = %s%d r%d", register, pick("be", "le", "bswap"), pick(16, 32, 64), register);
            }
            case 3 -> {
                String width = pick("r", "w");
                int register = changeable(text);
                text.add("%s%d = -%s%d", width, register, width, register);
            }
            default -> binary(text);
        }
    }

    private void move(FunctionText text) {
        int from = source(text);
        int to = target(text);
        switch (random.nextInt(4)) {
            case 0 -> text.add("r%d = (%s)r%d", to, pick("s8", "s16", "s32"), from);
            case 1 -> text.add("w%d = (%s)w%d", to, pick("s8", "s16"), from);
            case 2 -> text.add("w%d = w%d", to, from);
            default -> text.add("r%d = r%d", to, from);
        }
        text.registers.set(to, RegisterKinds.NUMBER);
    }

    private void binary(FunctionText text) {
        boolean wide = random.nextBoolean();
        String width = wide ? "r" : "w";
        String operator = pick(OPERATORS);
        int register = changeable(text);
        if (random.nextBoolean()) {
            text.add("%s%d %s %s%d", width, register, operator, width, source(text));
            return;
        }
        int value = switch (operator) {
            case "<<=", ">>=", "s>>=" -> random.nextInt(wide ? 64 : 32);
            case "/=", "%=", "s/=", "s%=" -> immediate() | 1;
            default -> immediate();
        };
        text.add("%s%d %s %d", width, register, operator, value);
    }

    /** A condition on numbers. */
    String condition(FunctionText text) {
        String width = pick("r", "w");
        String left = width + source(text);
        String right = random.nextBoolean() ? width + source(text) : Integer.toString(immediate());
        return left + " " + pick(COMPARISONS) + " " + right;
    }

    /** A load, a store or an atomic operation on the frame. */
    void stack(FunctionText text) {
        access(text, 10, new Pointer(FunctionText.LOW, FunctionText.HIGH, true));
    }

    /** The same on memory that some register leads to. */
    void memory(FunctionText text) {
        int[] pointers = text.registers.pointers();
        int base = pointers.length > 0 && !chance(3) ? pick(pointers) : newPointer(text);
        if (text.registers.get(base) instanceof Pointer pointer) {
            access(text, base, pointer);
        }
    }

    /** A register with the address of the function's memory, or of some byte in it. */
    int newPointer(FunctionText text) {
        int register = target(text);
        text.registers.set(register, RegisterKinds.UNDEFINED);
        int steps = 8 * random.nextInt(1, 4);
        int[] numbers = text.registers.numbers();
        if (numbers.length == 0 || chance(3)) {
            text.add("r%d = *(u64 *)(r10 - 8)", register);
            text.add("r%d += %d", register, steps);
            text.registers.set(register, new Pointer(-steps, text.home.high() - steps, true));
            return register;
        }
        boolean aligned = random.nextBoolean();
        int mask = aligned ? pick(8, 16, 24) : pick(1, 3, 7, 15, 31);
        int index = pick(numbers);
        if (text.kept.get(index) || index == register) {
            return newHome(text, register);
        }
        text.add("%s%d &= %d", pick("r", "w"), index, mask);
        text.add("r%d = *(u64 *)(r10 - 8)", register);
        if (random.nextBoolean()) {
            text.add("r%d += r%d", register, index);
        } else {
            // The sum is built the other way round.
            text.add("r%d += r%d", index, register);
            text.add("r%d = r%d", register, index);
            text.registers.set(index, RegisterKinds.UNDEFINED);
        }
        text.registers.set(register, new Pointer(0, text.home.high() - mask, aligned));
        return register;
    }

    private static int newHome(FunctionText text, int register) {
        text.add("r%d = *(u64 *)(r10 - 8)", register);
        text.registers.set(register, text.home);
        return register;
    }

    /** Moves an address, by a register or a constant, or puts it aside and gets it back. */
    void pointer(FunctionText text) {
        int register = newPointer(text);
        if (!(text.registers.get(register) instanceof Pointer pointer)) {
            return;
        }
        int step = pick(-16, -8, 8, 16);
        if (pointer.high() - step - Math.max(pointer.low() - step, 0) >= 8 && random.nextBoolean()) {
            text.add("r%d += %d", register, step);
            text.registers.set(register, new Pointer(pointer.low() - step, pointer.high() - step, pointer.aligned()));
        } else if (random.nextBoolean()) {
            text.add("*(u64 *)(r10 - 72) = r%d", register);
            RegisterKinds.Kind kind = text.registers.get(register);
            arithmetic(text);
            arithmetic(text);
            int back = target(text);
            text.add("r%d = *(u64 *)(r10 - 72)", back);
            text.registers.set(back, kind);
        }
        memory(text);
    }

    /** An access to what is wrong: ends the run in checked mode. */
    void wild(FunctionText text) {
        int register = target(text);
        text.registers.set(register, RegisterKinds.NUMBER);
        switch (random.nextInt(3)) {
            case 0 -> {
                text.add("r%d = *(u64 *)(r10 - 8)", register);
                text.add("r%d = *(u32 *)(r%d + %d)", register, register, text.home.high() - 3);
            }
            case 1 -> text.add("r%d = *(u16 *)(r10 + %d)", register, pick(0, -1, -514));
            default -> {
                text.add("r%d = %d", register, random.nextInt(0, 1 << 16));
                text.add("*(u8 *)(r%d + 1) = 1", register);
            }
        }
    }

    private void access(FunctionText text, int base, Pointer pointer) {
        int sizeIndex = random.nextInt(4);
        int bytes = 1 << sizeIndex;
        int room = (pointer.high() - pointer.low()) / bytes;
        if (room <= 0) {
            return;
        }
        int offset = pointer.low() + random.nextInt(room) * bytes;
        String place = "(r%d %s %d)".formatted(base, offset < 0 ? "-" : "+", Math.abs(offset));
        String size = SIZES[sizeIndex];
        boolean atomic = pointer.aligned() && bytes >= 4 && offset % bytes == 0;
        switch (random.nextInt(atomic ? 6 : 4)) {
            case 0 -> load(text, base, size, place);
            case 1 -> load(text, base, bytes < 8 ? SIGNED_SIZES[sizeIndex] : size, place);
            case 2 -> text.add("*(%s *)%s = %d", size, place, immediate());
            case 3 -> text.add("*(%s *)%s = r%d", size, place, source(text));
            default -> atomic(text, base, size, place);
        }
    }

    private void load(FunctionText text, int base, String size, String place) {
        int to = target(text);
        if (to != base || random.nextBoolean()) {
            text.add("r%d = *(%s *)%s", to, size, place);
            text.registers.set(to, RegisterKinds.NUMBER);
        }
    }

    private void atomic(FunctionText text, int base, String size, String place) {
        boolean wide = size.equals("u64");
        String width = wide ? "r" : "w";
        int register = changeable(text);
        if (register == base) {
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> text.add("lock *(%s *)%s %s r%d", size, place, pick("+=", "|=", "&=", "^="), source(text));
            case 1 ->
                text.add(
                        "%s%d = %s%s, %s%d)",
                        width, register, wide ? "xchg_64" : "xchg32_32", place.replace(")", ""), width, register);
            case 2 -> exchange(text, base, width, size, place);
            case 3 -> text.add("store_release((%s *)%s, %s%d)", size, place, width, source(text));
            case 4 -> text.add("%s%d = load_acquire((%s *)%s)", width, register, size, place);
            default ->
                text.add(
                        "%s%d = atomic_fetch_%s((%s *)%s, %s%d)",
                        width, register, pick("add", "or", "and", "xor"), size, place, width, register);
        }
    }

    private void exchange(FunctionText text, int base, String width, String size, String place) {
        if (base == 0 || text.kept.get(0)) {
            return;
        }
        if (!text.registers.get(0).equals(RegisterKinds.NUMBER) || random.nextBoolean()) {
            text.add("r0 = *(%s *)%s", size, place);
            text.registers.set(0, RegisterKinds.NUMBER);
        }
        String name = size.equals("u64") ? "cmpxchg_64" : "cmpxchg32_32";
        text.add("%s0 = %s%s, %s0, %s%d)", width, name, place.replace(")", ""), width, width, source(text));
    }
}
