package dev.skep.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.pass.Evaluation;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.object.BpfObject;
import dev.skep.object.instruction.CpuVersion;
import dev.skep.object.program.HelperId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ways through functions, and values that are many or change places: each function computes what the representation says. */
class ShapesTest {
    private static final long[][] INPUTS = {{0, 0}, {1, 2}, {5, -3}, {-1, 7}, {40, 41}, {1_000_000, 3}, {-100, -100}};

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void aLoopAddsUp(CpuVersion version) {
        Function function = CompiledPrograms.function("computed", Int.I64, Int.I64, Int.I64);
        Block head = function.addBlock("head");
        Block body = function.addBlock("body");
        Block end = function.addBlock("end");
        BlockParameter i = head.addParameter("i", Int.I64);
        BlockParameter sum = head.addParameter("sum", Int.I64);
        jump(function.entry(), head, Constant.of(0L), function.parameters().get(0));
        branch(head, Comparison.LESS, i, Constant.of(20L), Edge.to(body), Edge.to(end));
        Value nextSum = binary(body, BinaryOperator.ADD, sum, binary(body, BinaryOperator.MULTIPLY, i, i));
        jump(body, head, binary(body, BinaryOperator.ADD, i, Constant.of(1L)), nextSum);
        leave(end, sum);
        check(version, function);
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void valuesThatTurnInALoopKeepApart(CpuVersion version) {
        Function function = CompiledPrograms.function("computed", Int.I64, Int.I64, Int.I64);
        Block head = function.addBlock("head");
        Block end = function.addBlock("end");
        List<BlockParameter> turning = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            turning.add(head.addParameter("t" + i, Int.I64));
        }
        BlockParameter count = head.addParameter("count", Int.I64);
        Value a = function.parameters().get(0);
        Value b = function.parameters().get(1);
        jump(
                function.entry(),
                head,
                a,
                b,
                Constant.of(17L),
                binary(function.entry(), BinaryOperator.XOR, a, b),
                Constant.of(0L));
        Value next = binary(head, BinaryOperator.ADD, count, Constant.of(1L));
        Edge again = new Edge(head, List.of(turning.get(1), turning.get(2), turning.get(0), turning.get(1), next));
        branch(head, Comparison.LESS, next, Constant.of(8L), again, Edge.to(end));
        Value mixed = turning.getFirst();
        for (Value value : turning) {
            mixed = binary(
                    end, BinaryOperator.ADD, binary(end, BinaryOperator.MULTIPLY, mixed, Constant.of(31L)), value);
        }
        leave(end, mixed);
        check(version, function);
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void thirtyValuesLiveAtTheSameTimeAndAcrossCalls(CpuVersion version) {
        Function function = CompiledPrograms.function("computed", Int.I64, Int.I64, Int.I64);
        Block block = function.entry();
        List<Value> values = new ArrayList<>(function.parameters());
        for (int i = 2; i < 30; i++) {
            Value sum = binary(block, BinaryOperator.ADD, values.get(i - 1), values.get(i - 2));
            values.add(binary(block, BinaryOperator.XOR, sum, Constant.of((long) i)));
        }
        Function callee = CompiledPrograms.function("callee", Int.I64, Int.I64, Int.I64);
        leave(
                callee.entry(),
                binary(
                        callee.entry(),
                        BinaryOperator.SUBTRACT,
                        callee.parameters().get(0),
                        callee.parameters().get(1)));
        Value mixed = Constant.of(1L);
        for (int i = 0; i < values.size(); i++) {
            mixed = binary(block, BinaryOperator.MULTIPLY, mixed, Constant.of(31L));
            mixed = binary(block, BinaryOperator.ADD, mixed, values.get(i));
            if (i % 10 == 5) {
                mixed = add(block, new Operation.CallFunction(callee, List.of(mixed, values.get(29 - i))));
            }
        }
        for (Value value : values) {
            mixed = binary(block, BinaryOperator.XOR, mixed, value);
        }
        leave(block, mixed);
        check(version, function, callee);
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void aSwitchFindsItsCaseAmongManyAndPassesArguments(CpuVersion version) {
        for (Int type : List.of(Int.I32, Int.I64)) {
            Function function = CompiledPrograms.function("computed", Int.I64, type, Int.I64);
            Block end = function.addBlock("end");
            BlockParameter result = end.addParameter("result", Int.I64);
            List<Terminator.Switch.Case> cases = new ArrayList<>();
            for (long number : new long[] {0, 1, 2, 3, 5, 40, -1, -100, 1_000_000, -5, 7, 8}) {
                Value passed = number % 3 == 0 ? function.parameters().get(1) : Constant.of(1000 + number);
                cases.add(new Terminator.Switch.Case(number, new Edge(end, List.of(passed))));
            }
            function.entry()
                    .terminate(new Terminator.Switch(
                            function.parameters().get(0),
                            cases,
                            new Edge(end, List.of(Constant.of(9L))),
                            Position.NONE));
            leave(end, result);
            check(version, function);
        }
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void flowWithTwoWaysIntoALoop(CpuVersion version) {
        Function function = CompiledPrograms.function("computed", Int.I64, Int.I64, Int.I64);
        Block one = function.addBlock("one");
        Block other = function.addBlock("other");
        Block end = function.addBlock("end");
        BlockParameter inOne = one.addParameter("x", Int.I64);
        BlockParameter inOther = other.addParameter("x", Int.I64);
        Value start = binary(
                function.entry(), BinaryOperator.AND, function.parameters().get(0), Constant.of(15L));
        branch(
                function.entry(),
                Comparison.SIGNED_GREATER,
                function.parameters().get(1),
                Constant.of(0L),
                new Edge(one, List.of(start)),
                new Edge(other, List.of(start)));
        Value grown = binary(one, BinaryOperator.ADD, inOne, Constant.of(3L));
        jump(one, other, grown);
        Value more = binary(other, BinaryOperator.ADD, inOther, Constant.of(1L));
        branch(other, Comparison.LESS, more, Constant.of(40L), new Edge(one, List.of(more)), Edge.to(end));
        leave(end, more);
        check(version, function);
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void memoryAtAVariableDistance(CpuVersion version) {
        Function function = CompiledPrograms.function("computed", Int.I64, Int.I64, Int.I64);
        Block block = function.entry();
        Value address = add(block, new Operation.StackAddress(new StackSlot("table", 64, 8)));
        for (int i = 0; i < 8; i++) {
            Value stored =
                    binary(block, BinaryOperator.MULTIPLY, function.parameters().get(1), Constant.of(i + 1L));
            add(block, new Operation.Store(address, 8 * i, Int.I64, stored, Optional.empty()));
        }
        Value index = binary(block, BinaryOperator.AND, function.parameters().get(0), Constant.of(6L));
        Value distance = binary(block, BinaryOperator.SHIFT_LEFT, index, Constant.of(3L));
        Value element =
                add(block, new Operation.PointerAdd(address, distance, (dev.skep.compiler.ir.Pointer) address.type()));
        leave(block, add(block, new Operation.Load(element, 8, Int.I64, false, Int.I64, Optional.empty())));
        check(version, function);
    }

    @ParameterizedTest
    @EnumSource(
            value = CpuVersion.class,
            names = {"V3", "V4"})
    void atomicOperationsLeaveWhatWasThereBefore(CpuVersion version) {
        for (Int type : List.of(Int.I32, Int.I64)) {
            Function function = CompiledPrograms.function("computed", type, type, type);
            Block block = function.entry();
            Value a = function.parameters().get(0);
            Value b = function.parameters().get(1);
            Value address = add(block, new Operation.StackAddress(new StackSlot("memory", 16, 8)));
            add(block, new Operation.Store(address, 0, Int.I64, Constant.of(0L), Optional.empty()));
            add(block, new Operation.Store(address, 0, type, a, Optional.empty()));
            Value mixed = a;
            for (Operation.AtomicOperator operator : Operation.AtomicOperator.values()) {
                Value before = add(block, new Operation.Atomic(operator, address, 0, b, true));
                add(block, new Operation.Atomic(operator, address, 0, a, false));
                mixed = binary(
                        block,
                        BinaryOperator.XOR,
                        binary(block, BinaryOperator.MULTIPLY, mixed, Constant.of(type, 31)),
                        before);
            }
            Value found = add(block, new Operation.CompareAndExchange(address, 0, a, mixed));
            Value last = add(block, new Operation.Load(address, 0, type, false, type, Optional.empty()));
            leave(block, binary(block, BinaryOperator.ADD, found, last));
            check(version, function);
        }
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void whatLivesAcrossHelperCallsIsKept(CpuVersion version) {
        Function function = CompiledPrograms.function("computed", Int.I64, Int.I64, Int.I64);
        Block block = function.entry();
        Value sum = function.parameters().get(0);
        for (int i = 0; i < 6; i++) {
            Value time = add(block, new Operation.CallHelper(HelperId.KTIME_GET_NS, List.of(), Int.I64));
            add(block, new Operation.CallHelper(HelperId.GET_PRANDOM_U32, List.of(), Type.Nothing.VOID));
            sum = binary(
                    block, BinaryOperator.ADD, sum, binary(block, BinaryOperator.SHIFT_RIGHT, time, Constant.of(63L)));
            sum = binary(
                    block, BinaryOperator.MULTIPLY, sum, function.parameters().get(1));
        }
        leave(block, sum);
        BpfObject object = CompiledPrograms.object(CompiledPrograms.target(version), function);
        assertThat(CompiledPrograms.verify(object).isAccepted()).isTrue();
        try (EngineHost host = CompiledPrograms.engine();
                EngineObject loaded = host.load(object)) {
            assertThat(CompiledPrograms.run(loaded, 5, 3)).isEqualTo(5 * 729);
        }
    }

    private static Instruction add(Block block, Operation operation) {
        Instruction instruction = new Instruction(operation, Position.NONE);
        block.instructions().add(instruction);
        return instruction;
    }

    private static Value binary(Block block, BinaryOperator operator, Value left, Value right) {
        return add(block, new Operation.Binary(operator, left, right));
    }

    private static void jump(Block block, Block target, Value... arguments) {
        block.terminate(new Terminator.Jump(new Edge(target, List.of(arguments)), Position.NONE));
    }

    private static void branch(
            Block block, Comparison comparison, Value left, Value right, Edge taken, Edge otherwise) {
        block.terminate(new Terminator.Branch(comparison, left, right, taken, otherwise, Position.NONE));
    }

    private static void leave(Block block, Value value) {
        block.terminate(new Terminator.Return(Optional.of(value), Position.NONE));
    }

    private static void check(CpuVersion version, Function function, Function... callees) {
        BpfObject object = CompiledPrograms.object(CompiledPrograms.target(version), function, callees);
        assertThat(CompiledPrograms.verify(object).isAccepted())
                .as(() -> CompiledPrograms.listing(object) + CompiledPrograms.verify(object))
                .isTrue();
        try (EngineHost host = CompiledPrograms.engine();
                EngineObject loaded = host.load(object)) {
            for (long[] input : INPUTS) {
                assertThat(CompiledPrograms.run(loaded, input))
                        .as(() -> input[0] + ", " + input[1] + "\n" + CompiledPrograms.listing(object))
                        .isEqualTo(Evaluation.result(function, input));
            }
        }
    }
}
