package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The passes that make operations simpler. */
class AlgebraTest {
    @Test
    void constantsAreAddedUp() {
        assertThat(after(
                        s -> s.binary(
                                BinaryOperator.SUBTRACT,
                                s.binary(BinaryOperator.ADD, s.parameter(0), Constant.of(5)),
                                Constant.of(2)),
                        new Simplification(),
                        new DeadCode()))
                .isEqualTo("v1 = add i32 v0, 3");
    }

    @Test
    void whoAProgramRunsForIsAskedOnce() {
        Sketch sketch = new Sketch();
        for (HelperId helper : List.of(HelperId.GET_CURRENT_PID_TGID, HelperId.KTIME_GET_NS)) {
            Operation call = new Operation.CallHelper(helper, List.of(), Int.I64);
            sketch.slot("difference", 8);
            Value difference = sketch.binary(BinaryOperator.SUBTRACT, sketch.add(call), sketch.add(call));
            sketch.store(sketch.slot("kept", 8), 0, Int.I64, difference);
        }
        sketch.leave(0);
        String listing = sketch.after(new CommonSubexpressions());
        assertThat(listing.split("get_current_pid_tgid", -1)).hasSize(2);
        assertThat(listing.split("ktime_get_ns", -1)).hasSize(3);
    }

    @Test
    void whatChangesNothingIsLeftOut() {
        assertThat(after(
                        s -> s.binary(BinaryOperator.SHIFT_LEFT, s.parameter(0), Constant.of(32)),
                        new Simplification()))
                .isEqualTo("");
        assertThat(after(s -> s.binary(BinaryOperator.AND, s.parameter(0), Constant.of(-1)), new Simplification()))
                .isEqualTo("");
    }

    @Test
    void multiplicationByAPowerOfTwoIsAShift() {
        assertThat(after(
                        s -> s.binary(BinaryOperator.MULTIPLY, s.parameter(0), Constant.of(8)),
                        new StrengthReduction()))
                .isEqualTo("v1 = shift_left i32 v0, 3");
    }

    @Test
    void signedDivisionByAPowerOfTwoRoundsTowardsZero() {
        assertThat(after(
                        s -> s.binary(BinaryOperator.SIGNED_DIVIDE, s.parameter(0), Constant.of(4)),
                        new StrengthReduction()))
                .isEqualTo("""
                        v1 = arithmetic_shift_right i32 v0, 31
                        v2 = shift_right i32 v1, 30
                        v3 = add i32 v0, v2
                        v4 = arithmetic_shift_right i32 v3, 2""");
    }

    @Test
    void signedRemainderOfWhatIsNeverNegativeIsAMask() {
        assertThat(after(
                        s -> s.binary(
                                BinaryOperator.SIGNED_REMAINDER,
                                s.binary(BinaryOperator.SHIFT_RIGHT, s.parameter(0), Constant.of(1)),
                                Constant.of(8)),
                        new StrengthReduction()))
                .isEqualTo("""
                        v1 = shift_right i32 v0, 1
                        v2 = and i32 v1, 7""");
    }

    @Test
    void aByteThatIsSwappedToBeComparedIsComparedWithTheSwappedNumber() {
        assertThat(after(
                        s -> s.compare(
                                Comparison.EQUAL,
                                s.add(new Operation.SwapBytes(Int.I32, s.parameter(0))),
                                Constant.of(0x01020304)),
                        new Simplification(),
                        new DeadCode()))
                .isEqualTo("v1 = compare equal i32 v0, " + 0x04030201);
    }

    @Test
    void aMaskBehindAMaskThatKeepsLessIsLeftOut() {
        assertThat(after(
                        s -> s.extend(
                                Int.I8, true, s.binary(BinaryOperator.AND, s.parameter(0), Constant.of(0x7f)), Int.I32),
                        new ExtensionRemoval()))
                .isEqualTo("v1 = and i32 v0, 127");
    }

    @Test
    void whatIsNeverNegativeIsExtendedWithoutSign() {
        Sketch sketch = new Sketch("f", Int.I64, Int.I32);
        Value small = sketch.binary(BinaryOperator.AND, sketch.parameter(0), Constant.of(15));
        sketch.leave(sketch.extend(Int.I32, true, small, Int.I64));
        assertThat(sketch.after(new ExtensionRemoval())).contains("v2 = zero_extend i32 to i64 v1");
    }

    @Test
    void distancesOfAddressesGoIntoTheOffset() {
        Pointer packet = Pointer.to(Pointer.Provenance.PACKET);
        Sketch sketch = new Sketch(packet);
        Value header = sketch.add(new Operation.PointerAdd(sketch.parameter(0), Constant.of(14L), packet));
        Value field = sketch.add(new Operation.PointerAdd(header, Constant.of(8L), packet));
        sketch.leave(sketch.load(field, 1, Int.I8, Int.I32));
        assertThat(sketch.after(new Simplification(), new DeadCode())).isEqualTo("""
                entry(v0: packet*):
                    v1 = load i8 as i32 [v0 + 23]
                    return v1
                """);
    }

    /** The operations that are left of those that compute a number from another one. */
    private static String after(Function<Sketch, Value> computation, Pass... passes) {
        Sketch sketch = new Sketch(Int.I32);
        sketch.leave(computation.apply(sketch));
        String listing = sketch.after(passes);
        return String.join(
                "\n",
                listing.lines()
                        .map(String::strip)
                        .filter(line -> line.contains(" = "))
                        .toList());
    }
}
