package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.IrText;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.object.InputException;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InliningTest {
    @Test
    void aSmallFunctionTakesThePlaceOfItsCall() {
        Sketch absolute = absolute();
        Function program = program(absolute.function(), Constant.of(-5));
        assertThat(optimized(program, absolute.function())).containsExactly(program);
        assertThat(Evaluation.result(program, 0)).isEqualTo(5);
        assertThat(calls(program)).isZero();
    }

    @Test
    void aFunctionWithMoreThanFiveParametersIsAlwaysInlined() {
        Sketch six = large("six", Int.I32, Int.I32, Int.I32, Int.I32, Int.I32, Int.I32);
        Value[] arguments =
                Stream.iterate(1, i -> i + 1).limit(6).map(Constant::of).toArray(Value[]::new);
        Function program = program(six.function(), arguments);
        Function second = program(six.function(), arguments);
        assertThat(optimized(program, second, six.function())).containsExactly(program, second);
    }

    @Test
    void aLargeFunctionThatIsCalledTwiceIsCalled() {
        Sketch large = large("large", Int.I32);
        Function program = program(large.function(), Constant.of(1));
        Function second = program(large.function(), Constant.of(2));
        assertThat(optimized(program, second, large.function())).containsExactly(program, second, large.function());
        assertThat(calls(program)).isEqualTo(1);
    }

    @Test
    void aPointerToTheFrameIsNotPassedOn() {
        Pointer stack = Pointer.to(Pointer.Provenance.STACK);
        Sketch store = large("store", stack);
        store.add(new Operation.Store(store.parameter(0), 0, Int.I32, Constant.of(7), Optional.empty()));
        Function program = program(store.function());
        Instruction slot = new Instruction(new Operation.StackAddress(new StackSlot("s", 4, 4)), Position.NONE);
        program.entry().instructions().add(slot);
        program.entry()
                .instructions()
                .add(new Instruction(new Operation.CallFunction(store.function(), List.of(slot)), Position.NONE));
        Instruction result =
                new Instruction(new Operation.Load(slot, 0, Int.I32, false, Int.I32, Optional.empty()), Position.NONE);
        program.entry().instructions().add(result);
        program.entry().terminate(new Terminator.Return(Optional.of(result), Position.NONE));
        assertThat(optimized(program, store.function())).containsExactly(program);
        assertThat(IrText.of(program)).contains("return 7").doesNotContain("stack_address");
    }

    @Test
    void recursionIsRefusedWithItsPlace() {
        Sketch one = new Sketch("one", Int.I32, Int.I32);
        Sketch other = new Sketch("other", Int.I32, Int.I32);
        one.leave(one.add(new Operation.CallFunction(other.function(), List.of(one.parameter(0)))));
        Instruction call = new Instruction(
                new Operation.CallFunction(one.function(), List.of(other.parameter(0))),
                new Position("Loop.java", 12, 0));
        other.function().entry().instructions().add(call);
        other.leave(call);
        Function program = program(one.function(), Constant.of(1));
        assertThatThrownBy(() -> optimized(program, one.function(), other.function()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Loop.java:12: 'other' calls 'one', which is what called it");
    }

    @Test
    void aLoopThatStartsWithTheFunctionIsInlinedWhole() {
        Sketch loop = new Sketch("loop", Int.I32, Int.I32);
        Block end = loop.block("end");
        Value next = loop.binary(BinaryOperator.SHIFT_RIGHT, loop.parameter(0), Constant.of(1));
        loop.branch(
                Comparison.GREATER,
                next,
                Constant.of(3),
                new Edge(loop.function().entry(), List.of(next)),
                Edge.to(end));
        loop.at(end);
        loop.leave(next);
        Function program = program(loop.function(), Constant.of(100));
        optimized(program, loop.function());
        assertThat(Evaluation.result(program, 0)).isEqualTo(3);
    }

    private static Sketch absolute() {
        Sketch sketch = new Sketch("absolute", Int.I32, Int.I32);
        Block negative = sketch.block("negative");
        Block positive = sketch.block("positive");
        Value number = sketch.parameter(0);
        sketch.branch(Comparison.SIGNED_LESS, number, Constant.of(0), Edge.to(negative), Edge.to(positive));
        sketch.at(negative);
        sketch.leave(sketch.add(new Operation.Negate(number)));
        sketch.at(positive);
        sketch.leave(number);
        return sketch;
    }

    /** Of so many instructions that it is inlined only for some other reason. */
    private static Sketch large(String name, Type... parameters) {
        Sketch sketch = new Sketch(name, Int.I32, parameters);
        Value value = sketch.add(new Operation.CallHelper(HelperId.GET_PRANDOM_U32, List.of(), Int.I32));
        for (int i = 0; i < 30; i++) {
            value = sketch.binary(
                    i % 2 == 0 ? BinaryOperator.MULTIPLY : BinaryOperator.XOR, value, Constant.of(1000 + i));
        }
        sketch.leave(value);
        return sketch;
    }

    /** A program that returns what the function returns. */
    private static Function program(Function callee, Value... arguments) {
        Function program = new Function(
                "program",
                Function.Linkage.PROGRAM,
                Optional.of("xdp"),
                new CType.Prototype(CType.VOID, List.of()),
                Int.I32,
                Position.NONE);
        Block entry = program.addBlock("entry");
        entry.addParameter("context", Pointer.to(Pointer.Provenance.CONTEXT));
        if (arguments.length > 0) {
            Instruction call = new Instruction(new Operation.CallFunction(callee, List.of(arguments)), Position.NONE);
            entry.instructions().add(call);
            entry.terminate(new Terminator.Return(Optional.of(call), Position.NONE));
        }
        return program;
    }

    private static List<Function> optimized(Function... functions) {
        return Optimizer.optimize(List.of(functions), Target.DEFAULT);
    }

    private static long calls(Function function) {
        return function.blocks().stream()
                .flatMap(block -> block.instructions().stream())
                .filter(i -> i.operation() instanceof Operation.CallFunction)
                .count();
    }
}
