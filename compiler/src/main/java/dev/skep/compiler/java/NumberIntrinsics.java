package dev.skep.compiler.java;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Methods of {@code Math}, {@code Integer}, {@code Long}, {@code Short} and {@code Character} on whole numbers. */
final class NumberIntrinsics {
    static final Map<Intrinsic.Method, Intrinsic> TABLE = new HashMap<>();

    private static final String MATH = "java/lang/Math";
    private static final String INTEGER = "java/lang/Integer";
    private static final String LONG = "java/lang/Long";

    /** An operation on one number. */
    private interface Unary extends BiFunction<Emitter, Value, Value> {}

    /** An operation on two numbers. */
    private interface Binary {
        Value apply(Emitter emitter, Value left, Value right);
    }

    static {
        for (String type : new String[] {"I", "J"}) {
            String box = type.equals("I") ? INTEGER : LONG;
            String two = "(" + type + type + ")" + type;
            String one = "(" + type + ")" + type;
            binary(MATH, "min", two, NumberIntrinsics::min);
            binary(MATH, "max", two, NumberIntrinsics::max);
            binary(box, "min", two, NumberIntrinsics::min);
            binary(box, "max", two, NumberIntrinsics::max);
            binary(box, "sum", two, (e, a, b) -> e.binary(BinaryOperator.ADD, a, b));
            unary(MATH, "abs", one, NumberIntrinsics::abs);
            binary(box, "compare", "(" + type + type + ")I", NumberIntrinsics::compare);
            binary(box, "compareUnsigned", "(" + type + type + ")I", NumberIntrinsics::compareUnsigned);
            binary(box, "divideUnsigned", two, divide(BinaryOperator.DIVIDE));
            binary(box, "remainderUnsigned", two, divide(BinaryOperator.REMAINDER));
            unary(box, "reverseBytes", one, (e, v) -> e.add(new Operation.SwapBytes((Int) v.type(), v)));
            unary(box, "bitCount", "(" + type + ")I", BitCounts::ones);
            unary(box, "numberOfLeadingZeros", "(" + type + ")I", BitCounts::leadingZeros);
            unary(box, "numberOfTrailingZeros", "(" + type + ")I", BitCounts::trailingZeros);
            unary(box, "highestOneBit", one, BitCounts::highest);
            unary(box, "lowestOneBit", one, BitCounts::lowest);
            unary(box, "reverse", one, BitCounts::reversed);
            unary(box, "signum", "(" + type + ")I", (e, v) -> compare(e, v, Constant.of((Int) v.type(), 0)));
            binary(box, "rotateLeft", "(" + type + "I)" + type, (e, v, d) -> rotate(e, v, d, false));
            binary(box, "rotateRight", "(" + type + "I)" + type, (e, v, d) -> rotate(e, v, d, true));
        }
        roundedDivisions();
        smallNumbers();
        binary(MATH, "multiplyFull", "(II)J", (e, a, b) -> e.binary(BinaryOperator.MULTIPLY, e.widen(a), e.widen(b)));
        binary(MATH, "multiplyHigh", "(JJ)J", WideProducts::signed);
        binary(MATH, "unsignedMultiplyHigh", "(JJ)J", WideProducts::unsigned);
        TABLE.put(new Intrinsic.Method(MATH, "clamp", "(JII)I"), call -> clamp(call, true));
        TABLE.put(new Intrinsic.Method(MATH, "clamp", "(JJJ)J"), call -> clamp(call, false));
        unary(INTEGER, "toUnsignedLong", "(I)J", (e, v) -> e.extend(Int.I32, false, v, Int.I64));
        unary(INTEGER, "hashCode", "(I)I", (e, v) -> v);
        unary(LONG, "hashCode", "(J)I", NumberIntrinsics::hash);
    }

    /** Those of {@code Byte}, {@code Short}, {@code Character} and {@code Boolean}, which are {@code int} in bytecode. */
    private static void smallNumbers() {
        for (String type : new String[] {"B", "S", "C"}) {
            String box = "java/lang/" + (type.equals("B") ? "Byte" : type.equals("S") ? "Short" : "Character");
            Binary difference = (e, a, b) -> e.binary(BinaryOperator.SUBTRACT, a, b);
            binary(box, "compare", "(" + type + type + ")I", difference);
            unary(box, "hashCode", "(" + type + ")I", (e, v) -> v);
            if (!type.equals("C")) {
                Int width = type.equals("B") ? Int.I8 : Int.I16;
                unary(box, "toUnsignedInt", "(" + type + ")I", (e, v) -> e.extend(width, false, v, Int.I32));
                unary(box, "toUnsignedLong", "(" + type + ")J", (e, v) -> e.extend(width, false, v, Int.I64));
                binary(
                        box,
                        "compareUnsigned",
                        "(" + type + type + ")I",
                        (e, a, b) -> difference.apply(
                                e, e.extend(width, false, a, Int.I32), e.extend(width, false, b, Int.I32)));
            }
        }
        unary("java/lang/Short", "reverseBytes", "(S)S", (e, v) -> reverseShort(e, v, true));
        unary("java/lang/Character", "reverseBytes", "(C)C", (e, v) -> reverseShort(e, v, false));
        binary("java/lang/Boolean", "logicalAnd", "(ZZ)Z", (e, a, b) -> e.binary(BinaryOperator.AND, a, b));
        binary("java/lang/Boolean", "logicalOr", "(ZZ)Z", (e, a, b) -> e.binary(BinaryOperator.OR, a, b));
        binary("java/lang/Boolean", "logicalXor", "(ZZ)Z", (e, a, b) -> e.binary(BinaryOperator.XOR, a, b));
    }

    private static void roundedDivisions() {
        Map<String, Binary> divisions = Map.of(
                "floorDiv", RoundedDivision::floorDiv,
                "floorMod", RoundedDivision::floorMod,
                "ceilDiv", RoundedDivision::ceilDiv,
                "ceilMod", RoundedDivision::ceilMod);
        divisions.forEach((name, division) -> {
            binary(MATH, name, "(II)I", division);
            binary(MATH, name, "(JJ)J", division);
            boolean isRest = name.endsWith("Mod");
            binary(MATH, name, isRest ? "(JI)I" : "(JI)J", (e, a, b) -> {
                Value result = division.apply(e, a, e.widen(b));
                return isRest ? e.narrow(result) : result;
            });
        });
    }

    /** Ends the program if the least is more than the greatest, as Java throws. */
    private static Optional<Operand> clamp(Call call, boolean narrow) {
        Emitter emitter = call.emitter();
        Value least = emitter.widen(call.number(1));
        Value greatest = emitter.widen(call.number(2));
        emitter.require(Comparison.SIGNED_LESS_OR_EQUAL, least, greatest);
        Value clamped = min(emitter, greatest, max(emitter, call.number(0), least));
        return Optional.of(new Operand.Number(narrow ? emitter.narrow(clamped) : clamped));
    }

    private NumberIntrinsics() {}

    private static void unary(String owner, String name, String descriptor, Unary operation) {
        TABLE.put(
                new Intrinsic.Method(owner, name, descriptor),
                call -> Optional.of(new Operand.Number(operation.apply(call.emitter(), call.number(0)))));
    }

    private static void binary(String owner, String name, String descriptor, Binary operation) {
        TABLE.put(
                new Intrinsic.Method(owner, name, descriptor),
                call -> Optional.of(
                        new Operand.Number(operation.apply(call.emitter(), call.number(0), call.number(1)))));
    }

    private static Binary divide(BinaryOperator operator) {
        return (emitter, left, right) -> new ArithmeticTranslation(emitter).divide(operator, left, right);
    }

    private static Value min(Emitter emitter, Value left, Value right) {
        return emitter.choose(Comparison.SIGNED_LESS_OR_EQUAL, left, right, e -> left, e -> right);
    }

    private static Value max(Emitter emitter, Value left, Value right) {
        return emitter.choose(Comparison.SIGNED_GREATER_OR_EQUAL, left, right, e -> left, e -> right);
    }

    private static Value abs(Emitter emitter, Value value) {
        Function<Emitter, Value> negated = e -> e.add(new Operation.Negate(value));
        return emitter.choose(Comparison.SIGNED_LESS, value, Constant.of((Int) value.type(), 0), negated, e -> value);
    }

    private static Value compare(Emitter emitter, Value left, Value right) {
        return difference(emitter, Comparison.SIGNED_GREATER, Comparison.SIGNED_LESS, left, right);
    }

    private static Value compareUnsigned(Emitter emitter, Value left, Value right) {
        return difference(emitter, Comparison.GREATER, Comparison.LESS, left, right);
    }

    private static Value difference(Emitter emitter, Comparison over, Comparison under, Value left, Value right) {
        return emitter.binary(
                BinaryOperator.SUBTRACT, emitter.compare(over, left, right), emitter.compare(under, left, right));
    }

    private static Value hash(Emitter emitter, Value value) {
        Value upper = emitter.binary(BinaryOperator.SHIFT_RIGHT, value, Constant.of(32L));
        return emitter.narrow(emitter.binary(BinaryOperator.XOR, value, upper));
    }

    private static Value reverseShort(Emitter emitter, Value value, boolean signed) {
        return emitter.extend(Int.I16, signed, emitter.add(new Operation.SwapBytes(Int.I16, value)), Int.I32);
    }

    /** Shift distances are masked, so the negative distance goes the rest of the way round. */
    private static Value rotate(Emitter emitter, Value value, Value distance, boolean right) {
        Value way = value.type() == Int.I64 ? emitter.widen(distance) : distance;
        Value rest = emitter.add(new Operation.Negate(way));
        Value low = emitter.binary(BinaryOperator.SHIFT_LEFT, value, right ? rest : way);
        Value high = emitter.binary(BinaryOperator.SHIFT_RIGHT, value, right ? way : rest);
        return emitter.binary(BinaryOperator.OR, low, high);
    }
}
