package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Value;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangePropagationTest {
    @Test
    void aCheckOfWhatWasCheckedBeforeIsRemoved() {
        Sketch sketch = new Sketch(Int.I32);
        Block small = sketch.block("small");
        Block large = sketch.block("large");
        Block again = sketch.block("again");
        sketch.branch(Comparison.LESS, sketch.parameter(0), Constant.of(16), Edge.to(small), Edge.to(large));
        sketch.at(small);
        sketch.branch(Comparison.SIGNED_LESS, sketch.parameter(0), Constant.of(0), Edge.to(large), Edge.to(again));
        sketch.at(again);
        sketch.leave(sketch.compare(Comparison.LESS_OR_EQUAL, sketch.parameter(0), Constant.of(14)));
        sketch.at(large);
        sketch.leave(-1);
        assertThat(sketch.after(new RangePropagation())).isEqualTo("""
                entry(v0: i32):
                    branch less i32 v0, 16 ? small : large
                small:
                    jump again
                large:
                    return -1
                again:
                    v1 = compare less_or_equal i32 v0, 14
                    return v1
                """);
    }

    @Test
    void aMaskThatBoundsAnIndexStaysWhateverIsKnown() {
        Sketch sketch = new Sketch(Int.I32);
        Block small = sketch.block("small");
        Block large = sketch.block("large");
        sketch.branch(Comparison.LESS, sketch.parameter(0), Constant.of(16), Edge.to(small), Edge.to(large));
        sketch.at(small);
        sketch.leave(sketch.binary(BinaryOperator.AND, sketch.parameter(0), Constant.of(15)));
        sketch.at(large);
        sketch.leave(-1);
        assertThat(sketch.after(new RangePropagation(), new ExtensionRemoval())).contains("and i32 v0, 15");
    }

    @Test
    void aCheckThatHoldsForReasonsTheVerifierDoesNotSeeStays() {
        Sketch sketch = new Sketch(Int.I32);
        Block small = sketch.block("small");
        Block large = sketch.block("large");
        Value third = sketch.binary(BinaryOperator.DIVIDE, sketch.parameter(0), Constant.of(3));
        sketch.branch(Comparison.SIGNED_LESS, third, Constant.of(0), Edge.to(large), Edge.to(small));
        sketch.at(small);
        sketch.leave(third);
        sketch.at(large);
        sketch.leave(-1);
        assertThat(sketch.after(new RangePropagation())).contains("branch signed_less i32 v1, 0");
    }

    @Test
    void whatCountsUpFromZeroIsNeverNegative() {
        Sketch sketch = new Sketch("f", Int.I64, Int.I32);
        Block head = sketch.block("head");
        Block body = sketch.block("body");
        Block end = sketch.block("end");
        BlockParameter counter = head.addParameter("", Int.I32);
        BlockParameter sum = head.addParameter("", Int.I64);
        sketch.jump(head, Constant.of(0), Constant.of(0L));
        sketch.at(head);
        sketch.branch(Comparison.SIGNED_LESS, counter, sketch.parameter(0), Edge.to(body), Edge.to(end));
        sketch.at(body);
        Value wide = sketch.extend(Int.I32, true, counter, Int.I64);
        Value next = sketch.binary(BinaryOperator.ADD, counter, Constant.of(1));
        sketch.jump(head, next, sketch.binary(BinaryOperator.ADD, sum, wide));
        sketch.at(end);
        sketch.leave(sum);
        assertThat(sketch.after(new RangePropagation())).contains("sign_extend i32 to i64 v1");
        sketch.at(head);
        sketch.branch(Comparison.SIGNED_LESS, counter, Constant.of(100), Edge.to(body), Edge.to(end));
        assertThat(sketch.after(new RangePropagation())).contains("zero_extend i32 to i64 v1");
    }

    @Test
    void aRangeHoldsWhatComparesSoAndSaysOnlyWhatIsTrueOfAll() {
        Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            Int type = random.nextBoolean() ? Int.I32 : Int.I64;
            long number = number(random, type);
            Range range = Range.all(type);
            for (int facts = random.nextInt(4); facts > 0; facts--) {
                Comparison comparison = Comparison.values()[random.nextInt(10)];
                long other = number(random, type);
                range = range.where(holds(comparison, number, other) ? comparison : comparison.opposite(), other);
            }
            assertThat(number).isBetween(range.low(), range.high());
            for (Comparison comparison : Comparison.values()) {
                long other = number(random, type);
                Optional<Boolean> known = range.test(comparison, Range.only(type, other));
                if (known.isPresent()) {
                    assertThat(known.get()).isEqualTo(holds(comparison, number, other));
                }
            }
        }
    }

    private static boolean holds(Comparison comparison, long left, long right) {
        return comparison.test(left, right);
    }

    private static long number(Random random, Int type) {
        long some = List.of(0L, 1L, -1L, 15L, Long.MIN_VALUE, Long.MAX_VALUE, (long) Integer.MIN_VALUE, 0x7fff_ffffL)
                .get(random.nextInt(8));
        return Arithmetic.cut(type, some + random.nextInt(5) - 2);
    }
}
