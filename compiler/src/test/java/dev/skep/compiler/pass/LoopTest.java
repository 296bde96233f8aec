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
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final Pointer GLOBAL = Pointer.to(Pointer.Provenance.MAP_VALUE);

    private final Sketch sketch = new Sketch("f", Int.I64, Int.I32, Int.I64);

    /** A loop that counts from 0 to 31 and adds up what {@code body} makes of the counter. */
    private void count(UnaryOperator<Value> body) {
        Block head = sketch.block("head");
        Block end = sketch.block("end");
        BlockParameter counter = head.addParameter("", Int.I32);
        BlockParameter sum = head.addParameter("", Int.I64);
        sketch.jump(head, Constant.of(0), Constant.of(0L));
        sketch.at(head);
        Value added = sketch.binary(BinaryOperator.ADD, sum, body.apply(counter));
        Value next = sketch.binary(BinaryOperator.ADD, counter, Constant.of(1));
        Edge again = new Edge(head, List.of(next, added));
        sketch.branch(Comparison.SIGNED_LESS, next, Constant.of(32), again, Edge.to(end));
        sketch.at(end);
        sketch.leave(added);
    }

    private Value element(Value array, Value index) {
        Value wide = sketch.extend(Int.I32, false, index, Int.I64);
        Value distance = sketch.binary(BinaryOperator.SHIFT_LEFT, wide, Constant.of(3L));
        Value address = sketch.add(new Operation.PointerAdd(array, distance, GLOBAL));
        return sketch.load(address, 0, Int.I64, Int.I64);
    }

    private Value row(int mask) {
        Value row = sketch.binary(BinaryOperator.AND, sketch.parameter(0), Constant.of(mask));
        return sketch.binary(BinaryOperator.SHIFT_LEFT, row, Constant.of(5));
    }

    @Test
    void aPointerIsCountedUpInsteadOfBeingComputedOfTheCounter() {
        Value array = sketch.add(new Operation.GlobalAddress(".bss", 0));
        count(counter -> element(array, counter));
        assertThat(sketch.after(new CounterAddresses(), new DeadCode())).isEqualTo("""
                entry(v0: i32, v1: i64):
                    v2 = global_address .bss+0
                    jump head(0, 0, v2)
                head(v3: i32, v4: i64, v5: map_value*):
                    v6 = load i64 as i64 [v5]
                    v7 = add i64 v4, v6
                    v8 = add i32 v3, 1
                    v9 = pointer_add map_value* v5, 8
                    branch signed_less i32 v8, 32 ? head(v8, v7, v9) : end
                end:
                    return v7
                """);
    }

    @Test
    void whatIsTheSameInEachRoundGoesIntoTheBaseBeforeTheLoop() {
        Value array = sketch.add(new Operation.GlobalAddress(".bss", 0));
        Value row = row(7);
        count(counter -> element(array, sketch.binary(BinaryOperator.ADD, row, counter)));
        String loop = sketch.after(
                new AddressSplitting(), new DeadCode(), new LoopInvariants(), new CounterAddresses(), new DeadCode());
        assertThat(loop.substring(0, loop.indexOf("jump head"))).contains("shift_left i64", "pointer_add");
        assertThat(loop.substring(loop.indexOf("jump head"))).doesNotContain("shift_left");
    }

    @Test
    void aDistanceThatOnlyACheckOfTheSumBoundsStaysWhole() {
        Value array = sketch.add(new Operation.GlobalAddress(".bss", 0));
        Block inside = sketch.block("inside");
        Block outside = sketch.block("outside");
        Value sum = sketch.binary(BinaryOperator.ADD, row(31), Constant.of(8));
        sketch.branch(Comparison.LESS, sum, Constant.of(16), Edge.to(inside), Edge.to(outside));
        sketch.at(inside);
        sketch.leave(element(array, sum));
        sketch.at(outside);
        sketch.leave(Constant.of(0L));
        String before = sketch.listing();
        assertThat(sketch.after(new AddressSplitting())).isEqualTo(before);
    }

    @Test
    void whatACheckInTheLoopBoundsStaysBehindTheCheck() {
        Value array = sketch.add(new Operation.GlobalAddress(".bss", 0));
        Block checked = sketch.block("checked");
        Block outside = sketch.block("outside");
        count(counter -> {
            sketch.branch(Comparison.LESS, sketch.parameter(0), Constant.of(16), Edge.to(checked), Edge.to(outside));
            sketch.at(checked);
            return element(array, sketch.parameter(0));
        });
        sketch.at(outside);
        sketch.leave(Constant.of(0L));
        String listing = sketch.after(new LoopInvariants());
        assertThat(listing.substring(listing.indexOf("checked:"))).contains("zero_extend", "shift_left", "pointer_add");
    }

    @Test
    void aLoopThatCallsIsLeftAlone() {
        Value array = sketch.add(new Operation.GlobalAddress(".bss", 0));
        count(counter -> {
            sketch.add(new Operation.CallHelper(HelperId.KTIME_GET_NS, List.of(), Int.I64));
            return element(array, counter);
        });
        String before = sketch.listing();
        assertThat(sketch.after(new LoopInvariants(), new CounterAddresses())).isEqualTo(before);
    }

    @Test
    void anOuterLoopGetsAHeadOfItsOwn() {
        Block head = sketch.block("head");
        Block outer = sketch.block("outer");
        Block end = sketch.block("end");
        BlockParameter row = head.addParameter("", Int.I32);
        BlockParameter column = head.addParameter("", Int.I32);
        sketch.jump(head, Constant.of(0), Constant.of(0));
        sketch.at(head);
        Value nextColumn = sketch.binary(BinaryOperator.ADD, column, Constant.of(1));
        Edge inner = new Edge(head, List.of(row, nextColumn));
        sketch.branch(Comparison.SIGNED_LESS, nextColumn, Constant.of(8), inner, Edge.to(outer));
        sketch.at(outer);
        Value nextRow = sketch.binary(BinaryOperator.ADD, row, Constant.of(1));
        Edge again = new Edge(head, List.of(nextRow, Constant.of(0)));
        sketch.branch(Comparison.SIGNED_LESS, nextRow, Constant.of(8), again, Edge.to(end));
        sketch.at(end);
        sketch.leave(sketch.parameter(1));
        assertThat(Loops.of(sketch.function()).all()).hasSize(1);
        sketch.after(new LoopSeparation());
        assertThat(Loops.of(sketch.function()).all()).hasSize(2);
    }
}
