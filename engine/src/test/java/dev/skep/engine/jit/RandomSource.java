package dev.skep.engine.jit;

import dev.skep.engine.jit.RegisterKinds.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random object, and the memory its program is run on: functions that call each other, loops, maps, callbacks and tail calls.
 * What a program leaves in r0, in its memory and in its maps depends on nothing but the seed.
 */
final class RandomSource {
    static final int MEMORY_SIZE = 96;
    /** What callbacks can reach: a part of the caller's frame. */
    private static final int CALLBACK_MEMORY = 48;

    private static final String MAPS = """
            .map slots array key=4 value=16 entries=5
            .map table hash key=8 value=16 entries=12
            .map globals array key=4 value=32 entries=1
            .map jumps prog_array key=4 value=4 entries=2
            """;
    private static final Pointer VALUE = new Pointer(0, 16, true);
    private static final Pointer GLOBALS = new Pointer(0, 32, true);

    private final SplittableRandom random;
    private final RandomStatements statements;
    private final RandomLoops loops;
    private final boolean wild;
    private final int functions;

    /** A function that is being written. @param number of those called, -1 for a program, -2 for a callback */
    private record Place(FunctionText text, int number) {}

    private RandomSource(long seed, boolean wild) {
        random = new SplittableRandom(seed);
        statements = new RandomStatements(random);
        loops = new RandomLoops(random, statements);
        functions = random.nextInt(4);
        this.wild = wild;
    }

    /** The source that a seed stands for. @param wild lets it do what checked mode ends a run for */
    static String of(long seed, boolean wild) {
        return new RandomSource(seed, wild).source();
    }

    /** The memory that a seed's program is run on. */
    static byte[] memory(long seed) {
        RandomStatements numbers = new RandomStatements(new SplittableRandom(~seed));
        ByteBuffer memory = ByteBuffer.allocate(MEMORY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        while (memory.hasRemaining()) {
            memory.putLong(numbers.number());
        }
        return memory.array();
    }

    private String source() {
        List<String> lines = new ArrayList<>();
        lines.add(".program main syscall");
        lines.addAll(program("main", MEMORY_SIZE, 8 + random.nextInt(10)));
        lines.add(".program next syscall");
        lines.addAll(program("next", CALLBACK_MEMORY, 3));
        for (int i = 0; i < functions; i++) {
            lines.add(".function f" + i);
            lines.addAll(function(i));
        }
        lines.add(".function back");
        lines.addAll(callback());
        return MAPS + String.join("\n", lines) + "\n";
    }

    private List<String> program(String name, int memorySize, int length) {
        FunctionText text = new FunctionText(name, memorySize, false);
        text.add("*(u64 *)(r10 - 8) = r1");
        for (int r = 0; r < RegisterKinds.COUNT; r++) {
            if (r != 1) {
                text.add("r%d = *(u64 *)(r1 + %d)", r, 8 * r % memorySize);
                text.registers.set(r, RegisterKinds.NUMBER);
            }
        }
        fillFrame(text);
        body(new Place(text, -1), length);
        leaveProgram(text);
        return text.lines();
    }

    private static void fillFrame(FunctionText text) {
        int[] numbers = text.registers.numbers();
        int next = 0;
        for (int at = FunctionText.VALUE; at < FunctionText.HIGH; at += 8) {
            text.add("*(u64 *)(r10 - %d) = r%d", -at, numbers[next++ % numbers.length]);
        }
        text.add("*(u64 *)(r10 - 16) = %d", 17);
    }

    /** Nothing that was computed gets lost. */
    private void leaveProgram(FunctionText text) {
        int[] numbers = text.registers.numbers();
        if (numbers.length == 0) {
            text.add("r0 = 1");
        } else {
            int base = text.registers.numbers()[0] == 9 ? 8 : 9;
            text.add("r%d = *(u64 *)(r10 - 8)", base);
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] != base) {
                    text.add("*(u64 *)(r%d + %d) = r%d", base, 8 * i % text.home.high(), numbers[i]);
                }
            }
            text.add("r0 = r%d", numbers[0]);
        }
        text.add("exit");
    }

    private List<String> function(int number) {
        FunctionText text = new FunctionText("f" + number + "_", CALLBACK_MEMORY, true);
        text.add("*(u64 *)(r10 - 8) = r1");
        fillFrame(text);
        body(new Place(text, number), 2 + random.nextInt(5));
        leaveFunction(text);
        return text.lines();
    }

    private void leaveFunction(FunctionText text) {
        text.add("r0 = r%d", statements.source(text));
        text.add("exit");
    }

    private List<String> callback() {
        FunctionText text = new FunctionText("back", CALLBACK_MEMORY, false);
        text.add("*(u64 *)(r10 - 8) = r2");
        text.registers.set(2, text.home);
        text.registers.set(1, RegisterKinds.NUMBER);
        fillFrame(text);
        body(new Place(text, -2), 1 + random.nextInt(4));
        leaveFunctionWithBit(text);
        return text.lines();
    }

    private void leaveFunctionWithBit(FunctionText text) {
        text.add("r0 = r%d", statements.source(text));
        text.add("r0 &= 1");
        text.add("exit");
    }

    private void body(Place place, int length) {
        for (int i = 0; i < length; i++) {
            statement(place);
        }
    }

    private void statement(Place place) {
        FunctionText text = place.text;
        switch (random.nextInt(22)) {
            case 0, 1 -> conditional(place);
            case 2 -> choice(place);
            case 3, 4, 5 -> statements.stack(text);
            case 6, 7 -> statements.memory(text);
            case 8 -> statements.pointer(text);
            case 9, 10, 11 -> loop(place);
            case 12 -> loops.walk(text);
            case 13, 14, 15 -> calls(place);
            case 16 -> {
                if (wild && statements.chance(8)) {
                    statements.wild(text);
                } else {
                    globals(text);
                }
            }
            case 17 -> leavesEarly(place);
            default -> statements.arithmetic(text);
        }
    }

    private void loop(Place place) {
        if (place.text.loops < 3) {
            loops.loop(place.text, (text, length) -> body(place, length));
        }
    }

    private void calls(Place place) {
        FunctionText text = place.text;
        if (!text.mayCall()) {
            return;
        }
        switch (random.nextInt(7)) {
            case 0 -> lookup(place);
            case 1 -> update(text);
            case 2 -> delete(text);
            case 3 -> callBack(place);
            case 4 -> tailCall(place);
            case 5 -> random(text);
            default -> call(place);
        }
    }

    /** {@code if (condition) { ... }} */
    private void conditional(Place place) {
        FunctionText text = place.text;
        String end = text.newLabel();
        text.add("if %s goto %s", statements.condition(text), end);
        text.jumpsTo(end);
        body(place, 1 + random.nextInt(3));
        text.place(end);
    }

    /** {@code if (condition) { ... } else { ... }} */
    private void choice(Place place) {
        FunctionText text = place.text;
        String otherwise = text.newLabel();
        String end = text.newLabel();
        text.add("if %s goto %s", statements.condition(text), otherwise);
        text.jumpsTo(otherwise);
        body(place, 1 + random.nextInt(2));
        text.add("%s %s", statements.pick("goto", "gotol"), end);
        text.jumpsTo(end);
        text.placeUnreached(otherwise);
        body(place, 1 + random.nextInt(2));
        text.place(end);
    }

    private void leavesEarly(Place place) {
        FunctionText text = place.text;
        String over = text.newLabel();
        text.add("if %s goto %s", statements.condition(text), over);
        RegisterKinds before = text.registers.copy();
        switch (place.number) {
            case -1 -> leaveProgram(text);
            case -2 -> leaveFunctionWithBit(text);
            default -> leaveFunction(text);
        }
        text.registers = before;
        text.place(over);
    }

    private void globals(FunctionText text) {
        int register = statements.target(text);
        int offset = 8 * random.nextInt(4);
        text.add("r%d = globals[%d] ll", register, offset);
        text.registers.set(register, new Pointer(GLOBALS.low() - offset, GLOBALS.high() - offset, true));
        statements.memory(text);
    }

    private void call(Place place) {
        FunctionText text = place.text;
        int first = place.number == -1 ? 0 : place.number + 1;
        if (place.number == -2 || first >= functions || text.loops > 1) {
            statements.arithmetic(text);
            return;
        }
        int function = first + random.nextInt(functions - first);
        boolean ownFrame = random.nextBoolean();
        for (int r = 2; r <= 5; r++) {
            if (!text.registers.get(r).equals(RegisterKinds.NUMBER)) {
                text.add("r%d = %d", r, statements.immediate());
            }
        }
        if (ownFrame) {
            text.add("r1 = r10");
            text.add("r1 += -64");
        } else {
            text.add("r1 = *(u64 *)(r10 - 8)");
        }
        if (statements.chance(6)) {
            int through = 6 + random.nextInt(4);
            if (!text.kept.get(through)) {
                text.add("r%d = f%d ll", through, function);
                text.add("callx r%d", through);
                text.registers.called(RegisterKinds.NUMBER);
                text.registers.set(through, RegisterKinds.UNDEFINED);
                return;
            }
        }
        text.add("call f%d", function);
        text.registers.called(RegisterKinds.NUMBER);
    }

    private void random(FunctionText text) {
        text.add("call %s", statements.pick("bpf_get_prandom_u32", "bpf_get_smp_processor_id"));
        text.registers.called(RegisterKinds.NUMBER);
    }

    private void key(FunctionText text, boolean table) {
        if (random.nextBoolean()) {
            text.add("*(%s *)(r10 - 80) = %d", table ? "u64" : "u32", random.nextInt(table ? 20 : 6));
        } else {
            int register = statements.changeable(text);
            text.add("r%d &= %d", register, table ? 15 : 7);
            text.add("*(%s *)(r10 - 80) = r%d", table ? "u64" : "u32", register);
        }
        text.add("r2 = r10");
        text.add("r2 += -80");
        text.add("r1 = %s ll", table ? "table" : "slots");
    }

    private void lookup(Place place) {
        FunctionText text = place.text;
        key(text, random.nextBoolean());
        text.add("call bpf_map_lookup_elem");
        text.registers.called(RegisterKinds.UNDEFINED);
        String missing = text.newLabel();
        text.add("if r0 == 0 goto %s", missing);
        text.jumpsTo(missing);
        int register = statements.target(text);
        if (random.nextBoolean() && register != 0) {
            text.add("r%d = r0", register);
            text.registers.set(register, VALUE);
        } else {
            text.registers.set(0, VALUE);
        }
        statements.memory(text);
        body(place, 1 + random.nextInt(2));
        text.place(missing);
    }

    private void update(FunctionText text) {
        boolean table = random.nextBoolean();
        key(text, table);
        text.add("r3 = r10");
        text.add("r3 += -96");
        text.add("r4 = %d", statements.pick(0, 0, 1, 2));
        text.add("call bpf_map_update_elem");
        text.registers.called(RegisterKinds.NUMBER);
    }

    private void delete(FunctionText text) {
        key(text, true);
        text.add("call bpf_map_delete_elem");
        text.registers.called(RegisterKinds.NUMBER);
    }

    private void callBack(Place place) {
        FunctionText text = place.text;
        if (place.number == -2 || text.loops > 1) {
            statements.arithmetic(text);
            return;
        }
        if (random.nextBoolean()) {
            text.add("r1 = %d", random.nextInt(6));
        } else {
            int rounds = statements.changeable(text);
            text.add("r%d &= 7", rounds);
            text.add("r1 = r%d", rounds);
        }
        text.add("r2 = back ll");
        text.add("r3 = r10");
        text.add("r3 += -64");
        text.add("r4 = 0");
        text.add("call bpf_loop");
        text.registers.called(RegisterKinds.NUMBER);
    }

    private void tailCall(Place place) {
        FunctionText text = place.text;
        if (place.number == -2 || !statements.chance(3)) {
            statements.arithmetic(text);
            return;
        }
        String over = text.newLabel();
        text.add("if %s goto %s", statements.condition(text), over);
        text.jumpsTo(over);
        text.add("r1 = *(u64 *)(r10 - 8)");
        text.add("r2 = jumps ll");
        text.add("r3 = %d", random.nextInt(3));
        text.add("call bpf_tail_call");
        text.registers.called(RegisterKinds.UNDEFINED);
        text.place(over);
    }
}
