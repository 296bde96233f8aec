package dev.skep.testkit.corpus;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Random programs for verifiers, as assembler text: of packets, map values, stack and numbers, most of them careful, some a little
 * careless. About half of them deserve to be accepted. A seed always gives the same program.
 *
 * <p>r6 is the context, r7 to r9 are numbers that live from statement to statement; r0 to r5 are for within a statement. What a
 * careless statement gets wrong is one bound, one check or one register.
 */
public final class RandomProgramText {
    private static final List<String> OPERATORS =
            List.of("+=", "-=", "*=", "&=", "|=", "^=", "<<=", ">>=", "s>>=", "/=", "%=", "s/=", "s%=");
    private static final List<String> COMPARISONS =
            List.of("==", "!=", ">", ">=", "<", "<=", "s>", "s>=", "s<", "s<=", "&");

    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private final double carelessness;
    private int labels;
    private boolean callsFunction;

    private RandomProgramText(long seed) {
        random = new SplittableRandom(seed);
        carelessness = random.nextInt(3) == 0 ? 0.15 : 0.02;
    }

    /** The program called {@code main}, for {@code tc}. */
    public static String of(long seed) {
        return new RandomProgramText(seed).write();
    }

    private String write() {
        line(".license \"GPL\"");
        line(".map values array key=4 value=64 entries=4");
        line(".map table hash key=8 value=48 entries=16");
        line(".program main tc");
        line("r6 = r1");
        line("r7 = *(u32 *)(r6 + " + pick(List.of("0", "8", "48")) + ")");
        line("call bpf_get_prandom_u32");
        line("r8 = r0");
        line("r9 = " + number());
        statements(random.nextInt(20) == 0 ? 15 : 3 + random.nextInt(6), 0);
        label("out");
        line("r0 = 0");
        line("exit");
        if (callsFunction) {
            function();
        }
        return text.toString();
    }

    private void statements(int count, int depth) {
        for (int i = 0; i < count; i++) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        switch (random.nextInt(depth < 2 ? 14 : 11)) {
            case 0, 1 -> arithmetic();
            case 2 -> bound();
            case 3 -> fixedStack();
            case 4 -> variableStack();
            case 5 -> mapValue();
            case 6 -> packet();
            case 7 -> variablePacket();
            case 8 -> helper();
            case 9 -> spill();
            case 10 -> call();
            case 11, 12 -> branch(depth);
            default -> loop(depth);
        }
    }

    // Numbers.

    private void arithmetic() {
        String left = kept();
        String operator = pick(OPERATORS);
        boolean shift = operator.contains("<<") || operator.contains(">>");
        boolean wide = random.nextBoolean();
        boolean constant = random.nextInt(3) > 0;
        String right;
        if (!constant) {
            right = kept();
        } else if (shift) {
            right = "" + random.nextInt(wide ? 64 : 32);
        } else {
            right = "" + (operator.contains("/") || operator.contains("%") ? 1 + random.nextInt(100) : number());
        }
        switch (random.nextInt(10)) {
            case 0 -> line(left + " = -" + left);
            case 1 -> line(left + " = " + pick(List.of("be16 ", "be32 ", "le16 ", "bswap64 ")) + left);
            case 2 -> line(left + " = " + pick(List.of("(s8)", "(s16)", "(s32)")) + kept());
            case 3 -> line(left + " = " + kept());
            case 4 -> line(half(left) + " = " + half(kept()));
            default -> {
                String to = wide ? left : half(left);
                line(to + " " + operator + " " + (constant || wide ? right : half(right)));
            }
        }
    }

    /** A comparison that ends the program where it does not hold, or a mask. */
    private void bound() {
        String register = kept();
        switch (random.nextInt(4)) {
            case 0 -> line(register + " &= " + limit());
            case 1 -> line("if " + register + " > " + limit() + " goto out");
            case 2 -> {
                line("if " + register + " s> " + limit() + " goto out");
                line("if " + register + " s< 0 goto out");
            }
            default -> line("if " + half(register) + " > " + limit() + " goto out");
        }
    }

    // Memory.

    private void fixedStack() {
        int size = 1 << random.nextInt(4);
        int offset = -size * (1 + random.nextInt(64 / size));
        if (careless()) {
            offset += 1 + random.nextInt(80);
        }
        String place = "*(u" + 8 * size + " *)(r10 " + signed(offset) + ")";
        switch (random.nextInt(3)) {
            case 0 -> line(place + " = " + (careless() ? "r3" : kept()));
            case 1 -> line(place + " = " + random.nextInt(100));
            default -> {
                line(place + " = " + kept());
                line(kept() + " = " + place);
            }
        }
    }

    private void variableStack() {
        int bytes = 8 << random.nextInt(3);
        line("r2 = " + kept());
        narrow("r2", bytes);
        line("r3 = r10");
        line("r3 += " + -bytes);
        line("r3 += r2");
        if (random.nextBoolean()) {
            line("*(u8 *)(r3 + 0) = " + random.nextInt(100));
        } else {
            line(kept() + " = *(u8 *)(r3 + 0)");
        }
    }

    private void spill() {
        String register = kept();
        int slot = -8 * (1 + random.nextInt(8));
        String type = pick(List.of("u64", "u64", "u32"));
        line("*(" + type + " *)(r10 " + signed(slot) + ") = " + register);
        if (random.nextBoolean()) {
            bound();
        }
        line(kept() + " = *(" + pick(List.of("u64", "u32", "u8")) + " *)(r10 " + signed(slot) + ")");
    }

    private void mapValue() {
        boolean array = random.nextBoolean();
        int size = array ? 64 : 48;
        line((array ? "*(u32 *)" : "*(u64 *)") + "(r10 - 72) = " + (random.nextBoolean() ? "0" : kept()));
        line("r2 = r10");
        line("r2 += -72");
        line("r1 = " + (array ? "values" : "table") + " ll");
        line("call bpf_map_lookup_elem");
        if (!careless()) {
            line("if r0 == 0 goto out");
        }
        int width = 1 << random.nextInt(4);
        int offset = random.nextInt(size - width + 1) + (careless() ? width : 0);
        if (random.nextBoolean()) {
            line("r2 = " + kept());
            narrow("r2", size - width - offset + 1);
            line("r0 += r2");
        }
        String place = "*(u" + 8 * width + " *)(r0 " + signed(offset) + ")";
        switch (random.nextInt(3)) {
            case 0 -> line(kept() + " = " + place);
            case 1 -> line(place + " = " + kept());
            default -> line(place + " = " + random.nextInt(1000));
        }
    }

    private void packet() {
        int length = 1 + random.nextInt(40);
        packetPointers();
        compare("r2", length);
        int width = Math.min(1 << random.nextInt(4), Integer.highestOneBit(length));
        int offset = random.nextInt(length - width + 1) + (careless() ? width : 0);
        accessPacket("r2", offset, width);
    }

    private void variablePacket() {
        packetPointers();
        line("r5 = " + kept());
        line("r5 &= " + pick(List.of("7", "15", "255", "4095", "32767")));
        line("r2 += r5");
        int length = 1 + random.nextInt(16);
        compare("r2", length);
        int width = Math.min(1 << random.nextInt(4), Integer.highestOneBit(length));
        accessPacket("r2", random.nextInt(length - width + 1) + (careless() ? 1 : 0), width);
    }

    private void packetPointers() {
        line("r2 = *(u32 *)(r6 + 76)");
        line("r3 = *(u32 *)(r6 + 80)");
    }

    private void compare(String pointer, int length) {
        if (careless()) {
            return;
        }
        line("r4 = " + pointer);
        line("r4 += " + length);
        line(pick(List.of("if r4 > r3 goto out", "if r3 < r4 goto out", "if r4 >= r3 goto out")));
    }

    private void accessPacket(String pointer, int offset, int width) {
        String place = "*(u" + 8 * width + " *)(" + pointer + " " + signed(offset) + ")";
        line(random.nextBoolean() ? kept() + " = " + place : place + " = " + random.nextInt(100));
    }

    // Calls.

    private void helper() {
        if (random.nextInt(3) == 0) {
            line("call " + pick(List.of("bpf_get_prandom_u32", "bpf_ktime_get_ns")));
            line(kept() + " = " + (careless() ? "r1" : "r0"));
            return;
        }
        int room = 8 * (1 + random.nextInt(8));
        line("r4 = " + kept());
        narrow("r4", room);
        if (!careless()) {
            line("r4 += 1");
            if (random.nextBoolean()) {
                line("if r4 == 0 goto out");
            }
        }
        line("r1 = r6");
        line("r2 = 0");
        line("r3 = r10");
        line("r3 += " + -room);
        line("call bpf_skb_load_bytes");
        line("if r0 s< 0 goto out");
    }

    private void call() {
        callsFunction = true;
        line("*(u64 *)(r10 - 8) = " + kept());
        line("r1 = r10");
        line("r1 += -8");
        line("r2 = " + (careless() ? "r6" : kept()));
        line("call inner");
        line(kept() + " = r0");
    }

    private void function() {
        line(".function inner");
        line("r0 = r2");
        line("r3 = *(u64 *)(r1 + 0)");
        switch (random.nextInt(3)) {
            case 0 -> line("r0 &= 31");
            case 1 -> line("r0 ^= r3");
            default -> {
                line("if r0 > 20 goto large");
                line("*(u32 *)(r1 + 0) = 7");
                label("large");
            }
        }
        line("exit");
    }

    // Control.

    private void branch(int depth) {
        int number = labels++;
        String register = kept();
        String right = random.nextBoolean() ? "" + random.nextInt(64) : kept();
        boolean wide = random.nextBoolean() || !right.startsWith("r");
        line("if " + (wide ? register : half(register)) + " " + pick(COMPARISONS) + " " + (wide ? right : half(right))
                + " goto else" + number);
        statements(1 + random.nextInt(2), depth + 1);
        if (random.nextBoolean()) {
            line("goto end" + number);
            label("else" + number);
            statements(1, depth + 1);
            label("end" + number);
        } else {
            label("else" + number);
        }
    }

    private void loop(int depth) {
        int number = labels++;
        int turns = 1 + random.nextInt(8);
        int counter = -80 - 8 * depth;
        line("*(u64 *)(r10 " + signed(counter) + ") = 0");
        label("loop" + number);
        statement(2);
        line("r1 = *(u64 *)(r10 " + signed(counter) + ")");
        if (!careless()) {
            line("r1 += 1");
        }
        line("*(u64 *)(r10 " + signed(counter) + ") = r1");
        line("if r1 < " + turns + " goto loop" + number);
    }

    // Words.

    /** Bounds a register below {@code count}, or almost. */
    private void narrow(String register, int count) {
        int limit = Math.max(count, 1) + (careless() ? 1 : 0);
        switch (random.nextInt(4)) {
            case 0 -> line("if " + register + " >= " + limit + " goto out");
            case 1 -> line(register + " &= " + (Integer.highestOneBit(limit) - 1));
            case 2 -> {
                line("w" + register.substring(1) + " = w" + register.substring(1));
                line("if w" + register.substring(1) + " > " + (limit - 1) + " goto out");
            }
            default -> {
                line("if " + register + " s>= " + limit + " goto out");
                if (!careless()) {
                    line("if " + register + " s< 0 goto out");
                }
            }
        }
    }

    private boolean careless() {
        return random.nextDouble() < carelessness;
    }

    private String kept() {
        return "r" + (7 + random.nextInt(3));
    }

    private static String half(String register) {
        return "w" + register.substring(1);
    }

    private int limit() {
        return random.nextBoolean() ? (1 << (1 + random.nextInt(12))) - 1 : 1 + random.nextInt(100);
    }

    private long number() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt();
            case 1 -> 1L << random.nextInt(31);
            case 2 -> -1 - random.nextInt(100);
            default -> random.nextInt(100);
        };
    }

    private static String signed(int offset) {
        return offset < 0 ? "- " + -offset : "+ " + offset;
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private void label(String name) {
        text.append(name).append(":\n");
    }

    private void line(String line) {
        text.append("        ").append(line).append('\n');
    }
}
