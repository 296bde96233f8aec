package dev.skep.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.compiler.pass.Evaluation;
import dev.skep.compiler.type.CType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FunctionBuilderTest {
    private final Variable x = new Variable("x", Int.I64);
    private final Variable y = new Variable("y", Int.I64);
    private Function function;
    private FunctionBuilder builder;
    private Value argument;

    @BeforeEach
    void start() {
        CType.Prototype prototype = new CType.Prototype(CType.VOID, List.of());
        function = new Function(
                "f", Function.Linkage.STATIC, Optional.empty(), prototype, Int.I64, new Position("F.java", 3, 1));
        Block entry = function.addBlock("entry");
        argument = entry.addParameter("n", Int.I64);
        builder = new FunctionBuilder(function);
        builder.seal(entry);
    }

    @Test
    void inOneBlockAVariableIsWhatWasWrittenLast() {
        builder.write(x, argument);
        builder.write(x, plus(builder.read(x), 1));
        leave(builder.read(x));
        assertText("""
                static f -> i64
                entry(v0: i64 n):
                    v1 = add i64 v0, 1
                    return v1
                """);
    }

    @Test
    void aVariableThatWasNeverWrittenIsZero() {
        leave(builder.read(x));
        assertThat(Evaluation.result(finished(), 7)).isZero();
    }

    @Test
    void whereWaysWithDifferentValuesMeetAParameterIsMade() {
        Block yes = function.addBlock("yes");
        Block no = function.addBlock("no");
        Block end = function.addBlock("end");
        builder.write(y, argument);
        branch(argument, yes, no);
        in(yes);
        builder.write(x, Constant.of(1L));
        jump(end);
        in(no);
        builder.write(x, Constant.of(2L));
        jump(end);
        in(end);
        leave(add(builder.read(x), builder.read(y)));
        assertText("""
                static f -> i64
                entry(v0: i64 n):
                    branch signed_greater i64 v0, 0 ? yes : no
                yes:
                    jump end(1, v0)
                no:
                    jump end(2, v0)
                end(v1: i64 x, v2: i64 y):
                    v3 = add i64 v1, v2
                    return v3
                """);
    }

    @Test
    void aLoopCarriesItsVariablesRound() {
        Block head = function.addBlock("head");
        Block body = function.addBlock("body");
        Block end = function.addBlock("end");
        builder.write(x, argument);
        builder.write(y, Constant.of(0L));
        jump(head);
        builder.at(head);
        branch(builder.read(x), body, end);
        in(body);
        builder.write(y, add(builder.read(y), builder.read(x)));
        builder.write(x, plus(builder.read(x), -1));
        jump(head);
        builder.seal(head);
        in(end);
        leave(builder.read(y));
        Function finished = finished();
        assertThat(IntegrityChecker.problems(finished)).isEmpty();
        assertThat(Evaluation.result(finished, 10)).isEqualTo(55);
    }

    @Test
    void aVariableThatALoopOnlyReadsPassesThroughIt() {
        Block head = function.addBlock("head");
        Block end = function.addBlock("end");
        builder.write(x, argument);
        builder.write(y, Constant.of(5L));
        jump(head);
        builder.at(head);
        builder.write(x, plus(builder.read(x), -1));
        branch(builder.read(x), head, end);
        builder.seal(head);
        in(end);
        leave(add(builder.read(x), builder.read(y)));
        assertThat(Evaluation.result(finished(), 3)).isEqualTo(5);
    }

    @Test
    void loopsWithTwoWaysInAreBuiltToo() {
        Block one = function.addBlock("one");
        Block other = function.addBlock("other");
        Block end = function.addBlock("end");
        builder.write(x, argument);
        branch(argument, one, other);
        builder.at(one);
        builder.write(x, plus(builder.read(x), 5));
        jump(other);
        builder.at(other);
        builder.write(x, plus(builder.read(x), -7));
        branch(builder.read(x), one, end);
        builder.seal(one);
        builder.seal(other);
        in(end);
        leave(builder.read(x));
        Function finished = finished();
        assertThat(IntegrityChecker.problems(finished)).isEmpty();
        assertThat(Evaluation.result(finished, 10)).isZero();
        assertThat(Evaluation.result(finished, -1)).isEqualTo(-8);
    }

    @Test
    void aSwitchMayGoToOneBlockForSeveralCases() {
        Block few = function.addBlock("few");
        Block end = function.addBlock("end");
        builder.write(x, Constant.of(3L));
        builder.end(new Terminator.Switch(
                argument,
                List.of(
                        new Terminator.Switch.Case(0, Edge.to(few)),
                        new Terminator.Switch.Case(1, Edge.to(few)),
                        new Terminator.Switch.Case(2, Edge.to(end))),
                Edge.to(end),
                Position.NONE));
        in(few);
        builder.write(x, plus(builder.read(x), 1));
        jump(end);
        in(end);
        leave(builder.read(x));
        Function finished = finished();
        assertThat(IntegrityChecker.problems(finished)).isEmpty();
        assertThat(Evaluation.result(finished, 1)).isEqualTo(4);
        assertThat(Evaluation.result(finished, 2)).isEqualTo(3);
    }

    @Test
    void aVariableIsFoundThroughThousandsOfBlocks() {
        builder.write(x, argument);
        for (int i = 0; i < 20_000; i++) {
            Block next = function.addBlock("b" + i);
            jump(next);
            in(next);
        }
        leave(builder.read(x));
        assertThat(IntegrityChecker.problems(finished())).isEmpty();
        assertThat(Evaluation.result(function, 42)).isEqualTo(42);
    }

    @Test
    void aVariableIsFoundThroughThousandsOfBlocksWhereWaysMeet() {
        builder.write(x, argument);
        for (int i = 0; i < 5_000; i++) {
            Block one = function.addBlock("one" + i);
            Block next = function.addBlock("next" + i);
            branch(argument, one, next);
            in(one);
            jump(next);
            in(next);
        }
        leave(builder.read(x));
        assertThat(IntegrityChecker.problems(finished())).isEmpty();
        assertThat(Evaluation.result(function, 42)).isEqualTo(42);
    }

    @Test
    void blocksThatAreNeverReachedAreDropped() {
        leave(argument);
        Block never = function.addBlock("never");
        in(never);
        leave(argument);
        finished();
        assertThat(function.blocks()).containsExactly(function.entry());
    }

    @Test
    void aBlockWithoutAnEndIsNamed() {
        jump(function.addBlock("open"));
        assertThatThrownBy(builder::finish)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("block open of f has no end");
    }

    private void assertText(String expected) {
        assertThat(IrText.of(finished())).isEqualTo(expected);
    }

    private Function finished() {
        builder.finish();
        return function;
    }

    private void in(Block block) {
        builder.seal(block);
        builder.at(block);
    }

    private Value plus(Value value, long number) {
        return add(value, Constant.of(number));
    }

    private Value add(Value left, Value right) {
        return builder.add(new Operation.Binary(BinaryOperator.ADD, left, right));
    }

    private void jump(Block target) {
        builder.end(new Terminator.Jump(Edge.to(target), Position.NONE));
    }

    /** Goes the first way if {@code value} is positive. */
    private void branch(Value value, Block taken, Block otherwise) {
        builder.end(new Terminator.Branch(
                Comparison.SIGNED_GREATER, value, Constant.of(0L), Edge.to(taken), Edge.to(otherwise), Position.NONE));
    }

    private void leave(Value value) {
        builder.end(new Terminator.Return(Optional.of(value), Position.NONE));
    }
}
