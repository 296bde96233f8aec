package dev.skep.engine.jit;

import dev.skep.engine.jit.RegisterKinds.Pointer;
import java.util.random.RandomGenerator;

/** Random loops that end, of every shape compilers write and some that they do not. */
final class RandomLoops {
    private static final int LOWEST_SAVED = 6;

    private final RandomGenerator random;
    private final RandomStatements statements;

    /** Writes what is inside a loop. */
    interface Body {
        void write(FunctionText text, int length);
    }

    /** How a loop counts. @param bound a number, or a register with one */
    private record Count(String counter, int register, long first, int step, String test, String bound) {
        String goesOn() {
            return counter + " " + test + " " + bound;
        }

        String ends() {
            return counter + " " + opposite(test) + " " + bound;
        }

        private static String opposite(String test) {
            return switch (test) {
                case "<" -> ">=";
                case "<=" -> ">";
                case ">" -> "<=";
                case ">=" -> "<";
                case "s<" -> "s>=";
                case "s<=" -> "s>";
                case "s>" -> "s<=";
                case "s>=" -> "s<";
                default -> "==";
            };
        }
    }

    RandomLoops(RandomGenerator random, RandomStatements statements) {
        this.random = random;
        this.statements = statements;
    }

    void loop(FunctionText text, Body body) {
        int counter = text.mayCall() && !statements.chance(4) ? pickSaved(text) : statements.target(text);
        Count count = count(text, counter);
        if (statements.chance(3)) {
            text.add("%s%d = %d", statements.pick("r", "w"), counter, (int) count.first);
            text.add("r%d = 0x%x ll", counter, count.first);
        } else {
            text.add("r%d = 0x%x ll", counter, count.first);
        }
        text.registers.set(counter, RegisterKinds.NUMBER);
        text.kept.set(counter);
        prepare(text);
        text.loops++;
        switch (random.nextInt(5)) {
            case 0, 1 -> bottomTested(text, count, body);
            case 2 -> topTested(text, count, body);
            case 3 -> entersInTheMiddle(text, count, body, "goto ");
            default -> entersInTheMiddle(text, count, body, "if " + statements.condition(text) + " goto ");
        }
        text.loops--;
        text.kept.clear(counter);
        if (count.bound.startsWith("r") || count.bound.startsWith("w")) {
            text.kept.clear(Integer.parseInt(count.bound.substring(1)));
        }
    }

    private int pickSaved(FunctionText text) {
        int register = LOWEST_SAVED + random.nextInt(RegisterKinds.COUNT - LOWEST_SAVED);
        return text.kept.get(register) ? statements.target(text) : register;
    }

    private Count count(FunctionText text, int register) {
        boolean wide = random.nextBoolean();
        String counter = (wide ? "r" : "w") + register;
        int rounds = random.nextInt(7);
        int step = statements.chance(3) ? statements.pick(2, 3, 7) : 1;
        return switch (random.nextInt(6)) {
            case 0 -> new Count(counter, register, rounds + 1, -1, statements.pick("!=", "s>", ">"), "0");
            case 1 -> new Count(counter, register, -rounds, step, statements.pick("s<", "s<="), "1");
            case 2 -> {
                long first = statements.pick(0, 1, 3, 0x7fff_fffc, 0x7fff_fff0);
                String bound = Long.toString(Math.min(Integer.MAX_VALUE, first + (long) rounds * step));
                yield new Count(counter, register, first, step, "<", bound);
            }
            case 3 ->
                new Count(counter, register, statements.pick(0, 0, 1, 20), step, "<", bound(text, wide, register));
            case 4 -> new Count(counter, register, statements.pick(0, 0, 2, 40, -5), step, "s<", "" + rounds * step);
            default -> new Count(counter, register, 0, 1, "!=", Integer.toString(rounds + 1));
        };
    }

    /** A register with a small number, kept until the loop ends. */
    private String bound(FunctionText text, boolean wide, int counter) {
        text.kept.set(counter);
        int register = statements.changeable(text);
        text.kept.clear(counter);
        text.add("%s%d &= %d", statements.pick("r", "w"), register, statements.pick(3, 7, 12));
        text.kept.set(register);
        return (wide ? "r" : "w") + register;
    }

    /** Each round has to begin with the same kinds of things in registers. */
    private void prepare(FunctionText text) {
        int[] pointers = text.registers.pointers();
        for (int register : pointers) {
            boolean again = text.home.equals(text.registers.get(register)) && random.nextBoolean();
            if (!again) {
                text.forget(register);
            }
        }
    }

    private void bottomTested(FunctionText text, Count count, Body body) {
        String top = text.newLabel();
        String next = text.newLabel();
        String end = text.newLabel();
        RegisterKinds atTop = text.registers.copy();
        text.place(top);
        inside(text, body, next, end);
        text.place(next);
        text.restore(atTop);
        goesBack(text, count, top);
        text.place(end);
    }

    private void topTested(FunctionText text, Count count, Body body) {
        String top = text.newLabel();
        String next = text.newLabel();
        String end = text.newLabel();
        RegisterKinds atTop = text.registers.copy();
        text.place(top);
        text.add("if %s goto %s", count.ends(), end);
        text.jumpsTo(end);
        inside(text, body, next, end);
        text.place(next);
        text.restore(atTop);
        increment(text, count);
        text.add("goto %s", top);
        text.placeUnreached(end);
    }

    /** @param enter {@code goto} for a loop whose test comes first but stands last; with a condition it has two ways in */
    private void entersInTheMiddle(FunctionText text, Count count, Body body, String enter) {
        String top = text.newLabel();
        String middle = text.newLabel();
        String next = text.newLabel();
        String end = text.newLabel();
        RegisterKinds atTop = text.registers.copy();
        text.add("%s%s", enter, middle);
        text.jumpsTo(middle);
        text.place(top);
        inside(text, body, middle, end);
        text.restore(atTop);
        text.place(middle);
        text.restore(atTop);
        if (random.nextBoolean()) {
            inside(text, body, next, end);
        }
        text.place(next);
        text.restore(atTop);
        goesBack(text, count, top);
        text.place(end);
    }

    private void inside(FunctionText text, Body body, String next, String end) {
        body.write(text, 1 + random.nextInt(3));
        if (statements.chance(3)) {
            String label = random.nextBoolean() ? next : end;
            text.add("if %s goto %s", statements.condition(text), label);
            text.jumpsTo(label);
            body.write(text, 1 + random.nextInt(2));
        }
    }

    private void increment(FunctionText text, Count count) {
        String width = statements.chance(4) ? "r" : count.counter.substring(0, 1);
        text.add("%s%d += %d", width, count.register, count.step);
        if (statements.chance(4)) {
            text.add("*(u64 *)(r10 - 24) = r%d", count.register);
        }
    }

    private void goesBack(FunctionText text, Count count, String top) {
        increment(text, count);
        if (random.nextBoolean()) {
            text.add("if %s goto %s", count.goesOn(), top);
        } else {
            String over = text.newLabel();
            text.add("if %s goto %s", count.ends(), over);
            text.add("goto %s", top);
            text.place(over);
        }
    }

    /** A loop that walks over the function's memory with an address that grows. */
    void walk(FunctionText text) {
        if (text.kept.cardinality() > 5) {
            return;
        }
        int address = keep(text);
        int counter = keep(text);
        int sum = keep(text);
        int step = statements.pick(1, 2, 4, 8);
        int rounds = 1 + random.nextInt(text.home.high() / step);
        String top = text.newLabel();
        String counts = statements.pick("r", "w");
        text.add("r%d = *(u64 *)(r10 - 8)", address);
        text.add("r%d = 0", counter);
        text.add("r%d = %d", sum, statements.immediate());
        text.place(top);
        String size = "u" + 8 * step;
        int loaded = statements.target(text);
        text.add("r%d = *(%s *)(r%d + 0)", loaded, size, address);
        text.add("%s%d %s %s%d", counts, sum, statements.pick("+=", "^=", "*="), counts, loaded);
        if (random.nextBoolean()) {
            text.add("*(%s *)(r%d + 0) = r%d", size, address, sum);
        }
        text.add("r%d += %d", address, step);
        text.add("%s%d += 1", counts, counter);
        text.add("if %s%d %s %d goto %s", counts, counter, statements.pick("!=", "<", "s<"), rounds, top);
        text.kept.clear(address);
        text.kept.clear(counter);
        text.kept.clear(sum);
        text.registers.set(address, new Pointer(-step, 0, false));
        text.registers.set(counter, RegisterKinds.NUMBER);
        text.registers.set(sum, RegisterKinds.NUMBER);
        text.registers.set(loaded, RegisterKinds.NUMBER);
    }

    private int keep(FunctionText text) {
        int register = statements.target(text);
        text.kept.set(register);
        text.registers.set(register, RegisterKinds.UNDEFINED);
        return register;
    }
}
