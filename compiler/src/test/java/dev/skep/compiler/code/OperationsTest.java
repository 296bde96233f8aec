package dev.skep.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.pass.Evaluation;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.object.BpfObject;
import dev.skep.object.instruction.CpuVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each operation, alone, on numbers where sizes and signs matter. */
class OperationsTest {
    private static final long[] NUMBERS = {
        0,
        1,
        2,
        -1,
        7,
        -7,
        31,
        32,
        63,
        255,
        0x8000,
        0x7fff_ffffL,
        -0x8000_0000L,
        0xffff_ffffL,
        0x1234_5678_9abc_def0L,
        Long.MIN_VALUE,
        Long.MAX_VALUE
    };
    private static final List<Int> WHOLE = List.of(Int.I32, Int.I64);

    private static final EngineHost HOST = CompiledPrograms.engine();

    @AfterAll
    static void close() {
        HOST.close();
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void arithmeticOfTwoValues(CpuVersion version) {
        for (BinaryOperator operator : BinaryOperator.values()) {
            for (Int type : WHOLE) {
                check(version, function(type, type, (left, right) -> new Operation.Binary(operator, left, right)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void arithmeticWithConstantsOnEitherSide(CpuVersion version) {
        for (BinaryOperator operator : BinaryOperator.values()) {
            for (Int type : WHOLE) {
                for (long number : NUMBERS) {
                    Constant constant = Constant.of(type, number);
                    check(
                            version,
                            function(type, type, (left, right) -> new Operation.Binary(operator, left, constant)));
                    check(
                            version,
                            function(type, type, (left, right) -> new Operation.Binary(operator, constant, left)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void comparisonsAsValuesAndInBranches(CpuVersion version) {
        for (Comparison comparison : Comparison.values()) {
            for (Int type : WHOLE) {
                check(
                        version,
                        function(Int.I32, type, (left, right) -> new Operation.Compare(comparison, left, right)));
                check(version, branching(comparison, type, Optional.empty()));
                for (long number : NUMBERS) {
                    check(version, branching(comparison, type, Optional.of(Constant.of(type, number))));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void extensionsAndSwapsAndNegation(CpuVersion version) {
        for (Int type : WHOLE) {
            check(version, function(type, type, (value, other) -> new Operation.Negate(value)));
            for (Int width : Int.values()) {
                if (width != Int.I8 && width.bytes() <= type.bytes()) {
                    check(version, function(type, type, (value, other) -> new Operation.SwapBytes(width, value)));
                }
                for (Int result : WHOLE) {
                    if (width.bytes() <= Math.min(type.bytes(), result.bytes())) {
                        check(version, extension(width, type, result, true));
                        check(version, extension(width, type, result, false));
                    }
                }
            }
        }
    }

    private static Function extension(Int from, Int type, Int result, boolean signed) {
        return function(result, type, (value, other) -> new Operation.Extend(from, signed, value, result));
    }

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void storesAndLoadsOfEveryWidthAndSign(CpuVersion version) {
        for (Int width : Int.values()) {
            for (Int result : WHOLE) {
                if (width.bytes() <= result.bytes()) {
                    check(version, memory(width, result, true, Optional.empty()));
                    check(version, memory(width, result, false, Optional.empty()));
                    check(version, memory(width, result, true, Optional.of(Constant.of(-2L))));
                    check(version, memory(width, result, false, Optional.of(Constant.of(0x1234_5678_9abc_def0L))));
                }
            }
        }
    }

    /** Stores 32 bits at two places of a slot, and reads some of them back. */
    private static Function memory(Int width, Int result, boolean signed, Optional<Constant> stored) {
        Function function = CompiledPrograms.function("computed", result, Int.I64, Int.I64);
        Block block = function.entry();
        Value address = add(block, new Operation.StackAddress(new StackSlot("memory", 24, 8)));
        Value second =
                add(block, new Operation.PointerAdd(address, Constant.of(8L), Pointer.to(Pointer.Provenance.STACK)));
        Value value = stored.isPresent() ? stored.get() : function.parameters().get(0);
        add(block, new Operation.Store(address, 0, Int.I64, Constant.of(0L), Optional.empty()));
        add(block, new Operation.Store(second, 0, width, value, Optional.empty()));
        Value loaded = add(block, new Operation.Load(address, 8, width, signed, result, Optional.empty()));
        block.terminate(new Terminator.Return(Optional.of(loaded), Position.NONE));
        return function;
    }

    /** 3 if the parameters compare so, else 5. */
    private static Function branching(Comparison comparison, Int type, Optional<Constant> right) {
        Function function = CompiledPrograms.function("computed", Int.I64, type, type);
        Block holds = function.addBlock("holds");
        Block fails = function.addBlock("fails");
        holds.terminate(new Terminator.Return(Optional.of(Constant.of(3L)), Position.NONE));
        fails.terminate(new Terminator.Return(Optional.of(Constant.of(5L)), Position.NONE));
        Value other = right.isPresent() ? right.get() : function.parameters().get(1);
        Value compared = add(
                function.entry(),
                new Operation.Compare(comparison, function.parameters().get(0), other));
        function.entry()
                .terminate(new Terminator.Branch(
                        Comparison.NOT_EQUAL, compared, Constant.of(0), Edge.to(holds), Edge.to(fails), Position.NONE));
        return function;
    }

    private static Function function(Int result, Int type, BiFunction<Value, Value, Operation> operation) {
        Function function = CompiledPrograms.function("computed", result, type, type);
        Value value = add(
                function.entry(),
                operation.apply(
                        function.parameters().get(0), function.parameters().get(1)));
        function.entry().terminate(new Terminator.Return(Optional.of(value), Position.NONE));
        return function;
    }

    private static Instruction add(Block block, Operation operation) {
        Instruction instruction = new Instruction(operation, Position.NONE);
        block.instructions().add(instruction);
        return instruction;
    }

    /** The function's code returns what the representation says, for all pairs of numbers. */
    private static void check(CpuVersion version, Function function) {
        BpfObject object = CompiledPrograms.object(CompiledPrograms.target(version), function);
        assertThat(CompiledPrograms.verify(object).isAccepted())
                .as(() -> CompiledPrograms.listing(object))
                .isTrue();
        List<long[]> inputs = new ArrayList<>();
        for (long left : NUMBERS) {
            for (long right : NUMBERS) {
                inputs.add(new long[] {left, right});
            }
        }
        try (EngineObject loaded = HOST.load(object)) {
            for (long[] input : inputs) {
                assertThat(CompiledPrograms.run(loaded, input))
                        .as(() -> input[0] + ", " + input[1] + "\n" + CompiledPrograms.listing(object))
                        .isEqualTo(Evaluation.result(function, input));
            }
        }
    }
}
