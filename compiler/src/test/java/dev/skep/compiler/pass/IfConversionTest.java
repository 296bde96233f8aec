package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One of two numbers, without a branch. */
class IfConversionTest {
    private final Sketch sketch = new Sketch(Int.I32, Int.I32);

    private void choose(Comparison comparison, Value left, int right, int ifTrue, int ifFalse) {
        Block end = sketch.block("end");
        Value chosen = end.addParameter("", Int.I32);
        sketch.branch(
                comparison,
                left,
                Constant.of(right),
                new Edge(end, List.of(Constant.of(ifTrue))),
                new Edge(end, List.of(Constant.of(ifFalse))));
        sketch.at(end);
        sketch.leave(chosen);
    }

    @Test
    void theSignIsAShift() {
        choose(Comparison.SIGNED_LESS, sketch.parameter(0), 0, -1, 0);
        assertThat(sketch.after(new IfConversion())).isEqualTo("""
                entry(v0: i32, v1: i32):
                    v2 = arithmetic_shift_right i32 v0, 31
                    jump end(v2)
                end(v3: i32):
                    return v3
                """);
    }

    @Test
    void whatIsNotNegativeIsOne() {
        choose(Comparison.SIGNED_GREATER, sketch.parameter(0), -1, 1, 0);
        assertThat(sketch.after(new IfConversion())).isEqualTo("""
                entry(v0: i32, v1: i32):
                    v2 = xor i32 v0, -1
                    v3 = shift_right i32 v2, 31
                    jump end(v3)
                end(v4: i32):
                    return v4
                """);
    }

    @Test
    void oneBitIsShiftedDown() {
        choose(Comparison.EQUAL, sketch.binary(BinaryOperator.AND, sketch.parameter(0), Constant.of(8)), 0, 1, 0);
        assertThat(sketch.after(new IfConversion())).isEqualTo("""
                entry(v0: i32, v1: i32):
                    v2 = and i32 v0, 8
                    v3 = shift_right i32 v2, 3
                    v4 = xor i32 v3, 1
                    jump end(v4)
                end(v5: i32):
                    return v5
                """);
    }

    @Test
    void aComparisonWithZeroIsTheSign() {
        sketch.leave(sketch.add(new Operation.Compare(Comparison.SIGNED_LESS, sketch.parameter(0), Constant.of(0))));
        assertThat(sketch.after(new IfConversion(), new CopyPropagation())).isEqualTo("""
                entry(v0: i32, v1: i32):
                    v2 = shift_right i32 v0, 31
                    return v2
                """);
    }

    @Test
    void aNumberThatIsUsedOtherwiseKeepsItsBounds() {
        Value index = sketch.parameter(0);
        sketch.binary(BinaryOperator.ADD, index, sketch.parameter(1));
        choose(Comparison.SIGNED_LESS, index, 0, -1, 0);
        assertThat(sketch.after(new IfConversion())).contains("branch signed_less i32 v0, 0 ? end(-1) : end(0)");
    }

    @Test
    void otherNumbersKeepTheirBranch() {
        choose(Comparison.SIGNED_LESS, sketch.parameter(0), 0, 3, 0);
        assertThat(sketch.after(new IfConversion())).contains("branch signed_less");
    }
}
