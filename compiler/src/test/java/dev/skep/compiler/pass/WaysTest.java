package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The passes that change how blocks follow each other. */
class WaysTest {
    private static final Constant ZERO = Constant.of(0);

    @Test
    void aBlockIsJoinedToTheOnlyOneThatGoesOnWithIt() {
        Sketch sketch = new Sketch(Int.I32);
        Block next = sketch.block("next");
        Value got = next.addParameter("", Int.I32);
        sketch.jump(next, sketch.parameter(0));
        sketch.at(next);
        sketch.leave(sketch.binary(BinaryOperator.ADD, got, Constant.of(1)));
        assertThat(sketch.after(new Straightening())).isEqualTo("""
                entry(v0: i32):
                    v1 = add i32 v0, 1
                    return v1
                """);
    }

    @Test
    void jumpsToABlockThatOnlyJumpsGoWhereThatGoes() {
        Sketch sketch = new Sketch(Int.I32);
        Block empty = sketch.block("empty");
        Block end = sketch.block("end");
        Value result = end.addParameter("", Int.I32);
        sketch.branch(Comparison.EQUAL, sketch.parameter(0), ZERO, Edge.to(empty), edge(end, Constant.of(2)));
        sketch.at(empty);
        sketch.jump(end, Constant.of(1));
        sketch.at(end);
        sketch.leave(sketch.binary(BinaryOperator.ADD, result, result));
        assertThat(sketch.after(new Straightening())).isEqualTo("""
                entry(v0: i32):
                    branch equal i32 v0, 0 ? end(1) : end(2)
                end(v1: i32):
                    v2 = add i32 v1, v1
                    return v2
                """);
    }

    @Test
    void aParameterThatIsAlwaysTheSameIsThatValue() {
        Sketch sketch = new Sketch(Int.I32);
        Block loop = sketch.block("loop");
        Block end = sketch.block("end");
        Value same = loop.addParameter("", Int.I32);
        sketch.jump(loop, sketch.parameter(0));
        sketch.at(loop);
        sketch.branch(Comparison.EQUAL, same, ZERO, edge(loop, same), Edge.to(end));
        sketch.at(end);
        sketch.leave(same);
        assertThat(sketch.after(new TrivialParameters())).isEqualTo("""
                entry(v0: i32):
                    jump loop
                loop:
                    branch equal i32 v0, 0 ? loop : end
                end:
                    return v0
                """);
    }

    @Test
    void aBranchOnTheTruthOfAComparisonIsABranchOnTheComparison() {
        Sketch sketch = new Sketch(Int.I32);
        Block yes = sketch.block("yes");
        Block no = sketch.block("no");
        Value truth = sketch.compare(Comparison.LESS, sketch.parameter(0), Constant.of(5));
        Value inverted = sketch.compare(Comparison.EQUAL, truth, ZERO);
        sketch.branch(Comparison.NOT_EQUAL, inverted, ZERO, Edge.to(yes), Edge.to(no));
        returns(sketch, yes, 1);
        returns(sketch, no, 2);
        assertThat(sketch.after(new Simplification(), new BranchFolding(), new DeadCode()))
                .isEqualTo("""
                entry(v0: i32):
                    branch greater_or_equal i32 v0, 5 ? yes : no
                yes:
                    return 1
                no:
                    return 2
                """);
    }

    @Test
    void theWayOfABranchOnConstantsIsKnown() {
        Sketch sketch = new Sketch();
        Block yes = sketch.block("yes");
        Block no = sketch.block("no");
        sketch.branch(Comparison.SIGNED_LESS, Constant.of(-1), ZERO, Edge.to(yes), Edge.to(no));
        returns(sketch, yes, 1);
        returns(sketch, no, 2);
        assertThat(sketch.after(new BranchFolding(), new UnreachableBlocks(), new Straightening()))
                .isEqualTo("""
                entry:
                    return 1
                """);
    }

    @Test
    void aPointerThatIsNullOnOneWayOnlyIsAskedForNoMore() {
        Pointer packet = Pointer.to(Pointer.Provenance.PACKET);
        Pointer nullable = Pointer.nullable(Pointer.Provenance.PACKET);
        Sketch sketch = new Sketch(packet, Int.I32);
        Block deciding = sketch.block("deciding");
        Block there = sketch.block("there");
        Block absent = sketch.block("absent");
        BlockParameter pointer = deciding.addParameter("", nullable);
        Value found = sketch.add(new Operation.Reinterpret(sketch.parameter(0), nullable));
        sketch.branch(
                Comparison.LESS,
                sketch.parameter(1),
                Constant.of(14),
                edge(deciding, Constant.nullPointer(nullable)),
                edge(deciding, found));
        sketch.at(deciding);
        sketch.branch(Comparison.EQUAL, pointer, Constant.nullPointer(nullable), Edge.to(absent), Edge.to(there));
        sketch.at(there);
        sketch.leave(sketch.load(pointer, 0, Int.I8, Int.I32));
        returns(sketch, absent, -1);
        assertThat(sketch.after(new JumpThreading(), new Straightening(), new DeadCode()))
                .isEqualTo("""
                entry(v0: packet*, v1: i32):
                    v2 = reinterpret packet*? v0
                    branch less i32 v1, 14 ? deciding : there
                there:
                    v3 = load i8 as i32 [v2]
                    return v3
                deciding:
                    return -1
                """);
    }

    @Test
    void blocksThatLeaveWithTheSameResultAreOne() {
        Sketch sketch = new Sketch(Int.I32);
        Block yes = sketch.block("yes");
        Block no = sketch.block("no");
        sketch.branch(Comparison.EQUAL, sketch.parameter(0), ZERO, Edge.to(yes), Edge.to(no));
        returns(sketch, yes, 7);
        returns(sketch, no, 7);
        assertThat(sketch.after(new BlockMerging(), new BranchFolding(), new Straightening()))
                .isEqualTo("""
                entry(v0: i32):
                    return 7
                """);
    }

    private static Edge edge(Block target, Value argument) {
        return new Edge(target, List.of(argument));
    }

    private static void returns(Sketch sketch, Block block, int number) {
        sketch.at(block);
        sketch.leave(number);
    }
}
