package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.FunctionBuilder;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.ir.Variable;
import dev.skep.compiler.type.CType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Functions that compute something from two numbers: variables, decisions, short loops, memory of their own, calls. */
public final class RandomFunctions {
    private static final List<Long> NUMBERS = List.of(
            0L, 1L, 2L, -1L, 3L, 7L, 8L, 255L, 256L, 65535L, -2L, 31L, 32L, 63L, 0x7fff_ffffL, -0x8000_0000L, 0x1234L);
    private static final int MOST_DEPTH = 3;

    private final Random random;
    private final List<Function> callable = new ArrayList<>();
    private final List<Variable> variables = new ArrayList<>();
    private StackSlot memory = new StackSlot("memory", 16, 8);
    private StackSlot fields = new StackSlot("fields", 16, 8);
    private FunctionBuilder builder;

    private RandomFunctions(Random random) {
        this.random = random;
    }

    /** A program, the first, and functions that it calls; the same for the same seed. */
    public static List<Function> of(long seed) {
        RandomFunctions generator = new RandomFunctions(new Random(seed));
        for (int i = generator.random.nextInt(3); i > 0; i--) {
            Function callee = generator.function("callee" + i, Function.Linkage.STATIC);
            generator.callable.add(callee);
        }
        List<Function> all = new ArrayList<>(List.of(generator.function("program", Function.Linkage.PROGRAM)));
        all.addAll(generator.callable);
        return all;
    }

    private Function function(String name, Function.Linkage linkage) {
        CType.Prototype prototype = new CType.Prototype(CType.VOID, List.of());
        Function function = new Function(name, linkage, Optional.of("xdp"), prototype, Int.I64, Position.NONE);
        Block entry = function.addBlock("entry");
        Value first = entry.addParameter("first", Int.I64);
        Value second = entry.addParameter("second", Int.I32);
        builder = new FunctionBuilder(function);
        builder.seal(entry);
        variables.clear();
        for (int i = 0; i < 5; i++) {
            Variable variable = new Variable("v" + i, i % 2 == 0 ? Int.I64 : Int.I32);
            variables.add(variable);
            builder.write(variable, i % 2 == 0 ? first : second);
        }
        memory = cleared("memory");
        fields = cleared("fields");
        statements(0);
        builder.end(new Terminator.Return(Optional.of(everything()), Position.NONE));
        builder.finish();
        return function;
    }

    /** All variables in one number. */
    private Value everything() {
        Value all = Constant.of(0L);
        for (Variable variable : variables) {
            Value more = asType(Int.I64, builder.read(variable));
            Value times = builder.add(new Operation.Binary(BinaryOperator.MULTIPLY, all, Constant.of(31L)));
            all = builder.add(new Operation.Binary(BinaryOperator.ADD, times, more));
        }
        return all;
    }

    private void statements(int depth) {
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(depth < MOST_DEPTH ? 11 : 5)) {
                case 0, 1 -> assign();
                case 2 -> write(expression(0));
                case 3, 9, 10 -> memoryAccess();
                case 4 -> call();
                case 5, 6 -> decision(depth);
                case 7 -> choice(depth);
                default -> loop(depth);
            }
        }
    }

    private void assign() {
        write(expression(2));
    }

    private void write(Value value) {
        Variable variable = variables.get(random.nextInt(variables.size()));
        builder.write(variable, asType((Int) variable.type(), value));
    }

    private Value anyVariable() {
        return builder.read(variables.get(random.nextInt(variables.size())));
    }

    private Value asType(Int type, Value value) {
        return value.type() == type
                ? value
                : builder.add(new Operation.Extend(Int.I32, random.nextBoolean(), value, type));
    }

    private Value number(Int type) {
        return Constant.of(type, NUMBERS.get(random.nextInt(NUMBERS.size())));
    }

    private Value expression(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 3)) {
            case 0 -> number(random.nextBoolean() ? Int.I32 : Int.I64);
            case 1, 2 -> anyVariable();
            case 3 -> builder.add(new Operation.Negate(expression(depth - 1)));
            case 4 -> extension(expression(depth - 1));
            case 5 -> comparison(depth);
            case 6 -> swap(expression(depth - 1));
            default -> arithmetic(depth);
        };
    }

    private Value arithmetic(int depth) {
        BinaryOperator[] operators = BinaryOperator.values();
        Value left = expression(depth - 1);
        Int type = (Int) left.type();
        Value right = random.nextBoolean() ? number(type) : asType(type, expression(depth - 1));
        return builder.add(new Operation.Binary(operators[random.nextInt(operators.length)], left, right));
    }

    private Value comparison(int depth) {
        Value left = expression(depth - 1);
        Value right = random.nextBoolean() ? number((Int) left.type()) : asType((Int) left.type(), expression(0));
        return builder.add(new Operation.Compare(anyComparison(), left, right));
    }

    private Comparison anyComparison() {
        Comparison[] comparisons = Comparison.values();
        return comparisons[random.nextInt(random.nextBoolean() ? 2 : comparisons.length)];
    }

    private Value extension(Value value) {
        Int from = List.of(Int.I8, Int.I16, Int.I32).get(random.nextInt(3));
        Int type = random.nextBoolean() ? Int.I32 : Int.I64;
        return builder.add(new Operation.Extend(from, random.nextBoolean(), value, type));
    }

    private Value swap(Value value) {
        Int width =
                value.type() == Int.I64 && random.nextBoolean() ? Int.I64 : random.nextBoolean() ? Int.I16 : Int.I32;
        return builder.add(new Operation.SwapBytes(width, value));
    }

    private StackSlot cleared(String name) {
        StackSlot slot = new StackSlot(name, 16, 8);
        Value address = builder.add(new Operation.StackAddress(slot));
        builder.add(new Operation.Store(address, 0, Int.I64, Constant.of(0L), Optional.empty()));
        builder.add(new Operation.Store(address, 8, Int.I64, Constant.of(0x0102_0304_0506_0708L), Optional.empty()));
        return slot;
    }

    /** Anywhere in one slot, or one of the fields of the other. */
    private void memoryAccess() {
        boolean isField = random.nextBoolean();
        int index = random.nextInt(4);
        Int width = List.of(Int.I8, Int.I16, Int.I32, Int.I64).get(index);
        int offset = isField ? List.of(14, 12, 8, 0).get(index) : random.nextInt(16 / width.bytes()) * width.bytes();
        Value slot = builder.add(new Operation.StackAddress(isField ? fields : memory));
        Value address = builder.add(new Operation.PointerAdd(slot, Constant.of((long) offset), (Pointer) slot.type()));
        if (random.nextBoolean()) {
            Value value = width == Int.I64 ? asType(Int.I64, expression(1)) : expression(1);
            builder.add(new Operation.Store(address, 0, width, value, Optional.empty()));
        } else {
            Int type = width == Int.I64 || random.nextBoolean() ? Int.I64 : Int.I32;
            write(builder.add(new Operation.Load(address, 0, width, random.nextBoolean(), type, Optional.empty())));
        }
    }

    private void call() {
        if (!callable.isEmpty()) {
            Function callee = callable.get(random.nextInt(callable.size()));
            List<Value> arguments = List.of(asType(Int.I64, expression(1)), asType(Int.I32, expression(1)));
            write(builder.add(new Operation.CallFunction(callee, arguments)));
        }
    }

    private Block block() {
        return builder.function().addBlock("");
    }

    private void jump(Block target) {
        builder.end(new Terminator.Jump(Edge.to(target), Position.NONE));
    }

    private void branch(Block taken, Block otherwise) {
        Value left = expression(1);
        Value right = random.nextBoolean() ? number((Int) left.type()) : asType((Int) left.type(), expression(1));
        builder.end(
                new Terminator.Branch(anyComparison(), left, right, Edge.to(taken), Edge.to(otherwise), Position.NONE));
    }

    private void continueAt(Block block) {
        builder.seal(block);
        builder.at(block);
    }

    private void decision(int depth) {
        Block yes = block();
        Block no = block();
        Block end = block();
        branch(yes, random.nextBoolean() ? end : no);
        for (Block way : List.of(yes, no)) {
            continueAt(way);
            statements(depth + 1);
            jump(end);
        }
        continueAt(end);
    }

    private void choice(int depth) {
        Block one = block();
        Block other = block();
        Block end = block();
        Value value = expression(1);
        builder.end(new Terminator.Switch(
                value,
                List.of(new Terminator.Switch.Case(0, Edge.to(one)), new Terminator.Switch.Case(-1, Edge.to(other))),
                Edge.to(random.nextBoolean() ? other : end),
                Position.NONE));
        for (Block way : List.of(one, other)) {
            continueAt(way);
            statements(depth + 1);
            jump(end);
        }
        continueAt(end);
    }

    private void loop(int depth) {
        Variable counter = new Variable("i", Int.I32);
        Block head = block();
        Block body = block();
        Block end = block();
        builder.write(counter, Constant.of(0));
        jump(head);
        builder.at(head);
        builder.end(new Terminator.Branch(
                Comparison.SIGNED_LESS,
                builder.read(counter),
                Constant.of(1 + random.nextInt(4)),
                Edge.to(body),
                Edge.to(end),
                Position.NONE));
        continueAt(body);
        statements(depth + 1);
        builder.write(
                counter, builder.add(new Operation.Binary(BinaryOperator.ADD, builder.read(counter), Constant.of(1))));
        jump(head);
        builder.seal(head);
        continueAt(end);
    }
}
