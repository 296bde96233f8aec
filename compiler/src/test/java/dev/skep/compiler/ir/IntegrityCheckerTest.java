package dev.skep.compiler.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.compiler.pass.RandomFunctions;
import dev.skep.compiler.type.CType;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntegrityCheckerTest {
    private final Function function = new Function(
            "f",
            Function.Linkage.STATIC,
            Optional.empty(),
            new CType.Prototype(CType.VOID, List.of()),
            Int.I64,
            Position.NONE);
    private final Block entry = function.addBlock("entry");
    private final Value argument = entry.addParameter("n", Int.I64);

    @Test
    void whatIsBuiltIsWhole() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(RandomFunctions.of(seed))
                    .allMatch(f -> IntegrityChecker.problems(f).isEmpty());
        }
    }

    @Test
    void aBlockWithoutAnEnd() {
        assertProblem("block entry has no end");
    }

    @Test
    void aBlockOfAnotherFunction() {
        jump(entry, new Block("elsewhere"));
        assertProblem("block entry goes on with elsewhere, which is not of this function");
    }

    @Test
    void aValueThatIsNotDefinedOnEveryWay() {
        Block one = function.addBlock("one");
        Block end = function.addBlock("end");
        entry.terminate(new Terminator.Branch(
                Comparison.EQUAL, argument, Constant.of(0L), Edge.to(one), Edge.to(end), Position.NONE));
        Value made = add(one, new Operation.Negate(argument));
        jump(one, end);
        leave(end, made);
        assertProblem("the end of block end uses a value of block one that is not defined on every way there");
    }

    @Test
    void aValueThatIsUsedBeforeItIsDefined() {
        Instruction late = new Instruction(new Operation.Negate(argument), Position.NONE);
        add(entry, new Operation.Binary(BinaryOperator.ADD, late, argument));
        entry.instructions().add(late);
        leave(entry, late);
        assertProblem(
                "instruction 0 of block entry uses a value of block entry that is not defined on every way there");
    }

    @Test
    void aValueOfNoBlock() {
        leave(entry, new Instruction(new Operation.Negate(argument), Position.NONE));
        assertThat(IntegrityChecker.problems(function))
                .singleElement()
                .asString()
                .contains("that no block defines");
    }

    @Test
    void argumentsThatDoNotFitTheirBlock() {
        Block end = function.addBlock("end");
        end.addParameter("x", Int.I32);
        leave(end, argument);
        entry.terminate(new Terminator.Jump(new Edge(end, List.of(argument)), Position.NONE));
        assertProblem("the end of block entry gives I64 for parameter 0 of block end, which is I32");
        jump(entry, end);
        assertProblem("the end of block entry gives 0 arguments to block end, which takes 1");
    }

    @Test
    void operandsOfTheWrongType() {
        assertOperationIsRefused(
                new Operation.Binary(BinaryOperator.ADD, argument, Constant.of(1)), "works on I64 and I32");
        assertOperationIsRefused(
                new Operation.Compare(Comparison.EQUAL, argument, Constant.of(1)), "compares I64 with I32");
        assertOperationIsRefused(
                new Operation.Load(Constant.of(4), 0, Int.I8, false, Int.I32, Optional.empty()),
                "has an address of type I32");
        assertOperationIsRefused(
                new Operation.Load(argument, 0, Int.I64, false, Int.I32, Optional.empty()), "loads I64 as I32");
        assertOperationIsRefused(
                new Operation.Store(argument, 0, Int.I64, Constant.of(4), Optional.empty()), "stores I32 as I64");
        assertOperationIsRefused(
                new Operation.Extend(Int.I64, false, Constant.of(4), Int.I64), "extends I64 of I32 to I64");
        assertOperationIsRefused(new Operation.SwapBytes(Int.I8, argument), "swaps I8 of I64");
        assertOperationIsRefused(new Operation.Reinterpret(argument, Int.I32), "takes I64 for I32");
    }

    @Test
    void aResultOfTheWrongType() {
        leave(entry, Constant.of(1));
        assertProblem("the end of block entry: returns I32 from a function of I64");
        entry.terminate(new Terminator.Return(Optional.empty(), Position.NONE));
        assertProblem("the end of block entry: returns nothing from a function of I64");
    }

    @Test
    void aSwitchWithTwoEqualCases() {
        Terminator.Switch.Case one = new Terminator.Switch.Case(1, Edge.to(entry));
        entry.terminate(new Terminator.Switch(argument, List.of(one, one), Edge.to(entry), Position.NONE));
        assertThat(IntegrityChecker.problems(function)).contains("the end of block entry: there are two cases 1");
    }

    @Test
    void aResultThatIsNoneMayNotBeUsed() {
        Value nothing = add(entry, new Operation.CallHelper(HelperId.KTIME_GET_NS, List.of(), Type.Nothing.VOID));
        leave(entry, nothing);
        assertProblem("the end of block entry: returns VOID from a function of I64");
    }

    @Test
    void allThatIsWrongIsSaidWithTheListing() {
        leave(entry, Constant.of(1));
        assertThatThrownBy(() -> IntegrityChecker.require(function))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("f is broken: the end of block entry: returns I32")
                .hasMessageContaining("return 1");
    }

    private void assertOperationIsRefused(Operation operation, String problem) {
        entry.instructions().clear();
        add(entry, operation);
        leave(entry, argument);
        assertProblem("instruction 0 of block entry: " + problem);
    }

    private void assertProblem(String problem) {
        assertThat(IntegrityChecker.problems(function)).containsExactly(problem);
    }

    private static Instruction add(Block block, Operation operation) {
        Instruction instruction = new Instruction(operation, Position.NONE);
        block.instructions().add(instruction);
        return instruction;
    }

    private static void jump(Block block, Block target) {
        block.terminate(new Terminator.Jump(Edge.to(target), Position.NONE));
    }

    private static void leave(Block block, Value value) {
        block.terminate(new Terminator.Return(Optional.of(value), Position.NONE));
    }
}
