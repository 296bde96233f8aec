package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The passes that do without memory. */
class MemoryTest {
    private static final Pointer MAP_VALUE = Pointer.to(Pointer.Provenance.MAP_VALUE);

    @Test
    void aSlotThatNobodyElseSeesIsAValueOnEachWay() {
        Sketch sketch = new Sketch(Int.I32);
        Block other = sketch.block("other");
        Block end = sketch.block("end");
        Value slot = sketch.slot("s", 8);
        sketch.store(slot, 0, Int.I64, Constant.of(0L));
        sketch.branch(Comparison.EQUAL, sketch.parameter(0), Constant.of(0), Edge.to(end), Edge.to(other));
        sketch.at(other);
        sketch.store(slot, 4, Int.I32, sketch.parameter(0));
        sketch.jump(end);
        sketch.at(end);
        sketch.leave(sketch.load(slot, 4, Int.I32, Int.I32));
        assertThat(sketch.after(new StackPromotion(), new CopyPropagation(), new DeadStores(), new DeadCode()))
                .isEqualTo("""
                        entry(v0: i32):
                            branch equal i32 v0, 0 ? end(0) : other
                        other:
                            jump end(v0)
                        end(v1: i32 s):
                            return v1
                        """);
    }

    @Test
    void aSlotThatIsPassedOnStaysInMemory() {
        Sketch sketch = new Sketch(Int.I32);
        Value slot = sketch.slot("s", 4);
        sketch.store(slot, 0, Int.I32, sketch.parameter(0));
        sketch.add(
                new Operation.CallHelper(HelperId.GET_CURRENT_COMM, List.of(slot, Constant.of(4)), Type.Nothing.VOID));
        sketch.leave(sketch.load(slot, 0, Int.I32, Int.I32));
        String before = sketch.listing();
        assertThat(sketch.after(new StackPromotion(), new LoadForwarding(), new DeadStores(), new DeadCode()))
                .isEqualTo(before);
    }

    @Test
    void whatWasLoadedIsNotLoadedAgainUnlessItMayHaveChanged() {
        Sketch sketch = new Sketch(MAP_VALUE, MAP_VALUE);
        Value first = sketch.load(sketch.parameter(0), 0, Int.I32, Int.I32);
        Value second = sketch.load(sketch.parameter(0), 0, Int.I32, Int.I32);
        sketch.store(sketch.parameter(1), 0, Int.I8, first);
        Value third = sketch.load(sketch.parameter(0), 0, Int.I32, Int.I32);
        sketch.leave(sketch.binary(BinaryOperator.ADD, sketch.binary(BinaryOperator.XOR, first, third), second));
        assertThat(sketch.after(new LoadForwarding())).isEqualTo("""
                entry(v0: map_value*, v1: map_value*):
                    v2 = load i32 as i32 [v0]
                    store i8 [v1], v2
                    v3 = load i32 as i32 [v0]
                    v4 = xor i32 v2, v3
                    v5 = add i32 v4, v2
                    return v5
                """);
    }

    @Test
    void aByteThatWasStoredIsReadAsItsLowestBits() {
        Sketch sketch = new Sketch(MAP_VALUE, Int.I32);
        sketch.store(sketch.parameter(0), 0, Int.I8, sketch.parameter(1));
        sketch.leave(sketch.load(sketch.parameter(0), 0, Int.I8, Int.I32));
        assertThat(sketch.after(new LoadForwarding())).isEqualTo("""
                entry(v0: map_value*, v1: i32):
                    store i8 [v0], v1
                    v2 = zero_extend i8 to i32 v1
                    return v2
                """);
    }

    @Test
    void whatIsOverwrittenBeforeAnybodyReadsItIsNotStored() {
        Sketch sketch = new Sketch(Int.I32);
        Value slot = sketch.slot("key", 12);
        sketch.store(slot, 0, Int.I64, Constant.of(0L));
        sketch.store(slot, 8, Int.I32, Constant.of(0));
        sketch.store(slot, 0, Int.I32, sketch.parameter(0));
        sketch.store(slot, 4, Int.I32, sketch.parameter(0));
        sketch.add(new Operation.CallHelper(HelperId.GET_CURRENT_COMM, List.of(slot), Type.Nothing.VOID));
        sketch.leave(0);
        assertThat(sketch.after(new OverwrittenStores())).isEqualTo("""
                entry(v0: i32):
                    v1 = stack_address key[12]
                    store i32 [v1 + 8], 0
                    store i32 [v1], v0
                    store i32 [v1 + 4], v0
                    call helper get_current_comm(v1)
                    return 0
                """);
    }

    @Test
    void bitsThatAStoreDoesNotTakeNeedNoExtension() {
        Sketch sketch = new Sketch(MAP_VALUE, Int.I32);
        Value extended = sketch.extend(Int.I16, true, sketch.parameter(1), Int.I32);
        sketch.store(sketch.parameter(0), 0, Int.I16, extended);
        sketch.leave(0);
        assertThat(sketch.after(new Simplification(), new DeadCode())).isEqualTo("""
                entry(v0: map_value*, v1: i32):
                    store i16 [v0], v1
                    return 0
                """);
    }

    @Test
    void whatWasComputedOnEveryWayIsNotComputedAgain() {
        Sketch sketch = new Sketch(Int.I32, Int.I32);
        Block then = sketch.block("then");
        Block end = sketch.block("end");
        Value sum = sketch.binary(BinaryOperator.ADD, sketch.parameter(0), sketch.parameter(1));
        sketch.branch(Comparison.EQUAL, sum, Constant.of(0), Edge.to(end), Edge.to(then));
        sketch.at(then);
        Value same = sketch.binary(BinaryOperator.ADD, sketch.parameter(1), sketch.parameter(0));
        sketch.leave(sketch.binary(BinaryOperator.MULTIPLY, same, same));
        sketch.at(end);
        sketch.leave(0);
        assertThat(sketch.after(new CommonSubexpressions())).isEqualTo("""
                entry(v0: i32, v1: i32):
                    v2 = add i32 v0, v1
                    branch equal i32 v2, 0 ? end : then
                then:
                    v3 = multiply i32 v2, v2
                    return v3
                end:
                    return 0
                """);
    }

    @Test
    void theAddressOfAGlobalIsMadeAgainBehindACallAtLast() {
        Sketch sketch = new Sketch();
        Value map = sketch.add(new Operation.MapAddress("m"));
        Value key = sketch.add(new Operation.GlobalAddress(".bss", 0));
        sketch.add(new Operation.CallHelper(HelperId.MAP_DELETE_ELEM, List.of(map, key), Int.I64));
        Value again = sketch.add(new Operation.GlobalAddress(".bss", 0));
        Value result = sketch.add(new Operation.CallHelper(HelperId.MAP_DELETE_ELEM, List.of(map, again), Int.I32));
        sketch.leave(result);
        assertThat(sketch.after(new CommonSubexpressions())).containsOnlyOnce("global_address");
        LocalAddresses.make(sketch.function());
        assertThat(sketch.listing()).contains("v1 = global_address").contains("v3 = global_address");
    }
}
