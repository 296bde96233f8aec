package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.IntegrityChecker;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedLoadsTest {
    private final Sketch sketch = new Sketch();
    private final Value text = sketch.add(new Operation.GlobalAddress(".bss", 0));
    private final Value left = load(0);
    private final Value right = load(1);
    private final Block equal = sketch.block("equal");
    private final Block different = sketch.block("different");

    private Value load(int offset) {
        return sketch.add(new Operation.Load(text, offset, Int.I8, true, Int.I32, Optional.empty()));
    }

    private String split() {
        SignedLoads.split(sketch.function());
        IntegrityChecker.require(sketch.function());
        return sketch.listing();
    }

    @Test
    void bytesAreComparedAsTheyAreAndExtendedWhereTheirSignMatters() {
        sketch.branch(Comparison.EQUAL, left, right, Edge.to(equal), Edge.to(different));
        sketch.at(equal);
        sketch.leave(0);
        sketch.at(different);
        sketch.leave(sketch.binary(BinaryOperator.SUBTRACT, left, right));
        assertThat(split()).isEqualTo("""
                entry:
                    v0 = global_address .bss+0
                    v1 = load i8 as i32 [v0]
                    v2 = load i8 as i32 [v0 + 1]
                    branch equal i32 v1, v2 ? equal : different
                equal:
                    return 0
                different:
                    v3 = sign_extend i8 to i32 v1
                    v4 = sign_extend i8 to i32 v2
                    v5 = subtract i32 v3, v4
                    return v5
                """);
    }

    @Test
    void aNegativeNumberIsComparedByItsBits() {
        Value sum = sketch.binary(BinaryOperator.ADD, left, right);
        sketch.branch(Comparison.NOT_EQUAL, left, Constant.of(-1), Edge.to(different), Edge.to(equal));
        sketch.at(equal);
        sketch.leave(0);
        sketch.at(different);
        sketch.leave(sum);
        assertThat(split()).isEqualTo("""
                entry:
                    v0 = global_address .bss+0
                    v1 = load i8 as i32 [v0]
                    v2 = load_signed i8 as i32 [v0 + 1]
                    v3 = sign_extend i8 to i32 v1
                    v4 = add i32 v3, v2
                    branch not_equal i32 v1, 255 ? different : equal
                equal:
                    return 0
                different:
                    return v4
                """);
    }

    @Test
    void aValueWhoseSignSeveralBlocksUseIsExtendedOnce() {
        sketch.branch(Comparison.EQUAL, left, right, Edge.to(equal), Edge.to(different));
        sketch.at(equal);
        sketch.leave(sketch.binary(BinaryOperator.ADD, left, right));
        sketch.at(different);
        sketch.leave(sketch.binary(BinaryOperator.SUBTRACT, left, right));
        assertThat(split()).contains("v1 = load_signed", "v2 = load_signed");
    }
}
