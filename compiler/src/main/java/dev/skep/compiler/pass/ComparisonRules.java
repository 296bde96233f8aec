package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Compare;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Operation.SwapBytes;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import java.util.Optional;

/** The algebra of comparisons, in operations and at the ends of blocks alike. */
final class ComparisonRules {
    private ComparisonRules() {}

    static Operation simplify(Compare compare) {
        Optional<Boolean> known = outcome(compare);
        if (known.isPresent()) {
            return Constants.copy(Constant.of(known.get() ? 1 : 0));
        }
        return simpler(compare);
    }

    /** What the comparison always results in, if that is known. */
    static Optional<Boolean> outcome(Compare compare) {
        Value left = compare.left();
        Value right = compare.right();
        if (left instanceof Constant one && right instanceof Constant other) {
            return Optional.of(compare.comparison().test(one.value(), other.value()));
        }
        if (left.equals(right)) {
            return Optional.of(compare.comparison().test(0, 0));
        }
        boolean isEquality = compare.comparison() == Comparison.EQUAL || compare.comparison() == Comparison.NOT_EQUAL;
        if (isEquality && Constants.is(right, 0) && isNeverNull(left)) {
            return Optional.of(compare.comparison() == Comparison.NOT_EQUAL);
        }
        if (Constants.is(right, 0) && compare.comparison() == Comparison.LESS) {
            return Optional.of(false);
        }
        return Constants.is(right, 0) && compare.comparison() == Comparison.GREATER_OR_EQUAL
                ? Optional.of(true)
                : Optional.empty();
    }

    /** Memory of the program's own; addresses that come from elsewhere may be zero whatever their type says. */
    private static boolean isNeverNull(Value address) {
        Value value = address;
        while (value instanceof Instruction i
                && i.operation() instanceof Operation.Reinterpret same
                && same.value().type() instanceof Pointer) {
            value = same.value();
        }
        return value.type() instanceof Pointer pointer
                && !pointer.nullable()
                && switch (pointer.provenance()) {
                    case STACK, CONTEXT, PACKET, PACKET_END, PACKET_METADATA, MAP, MAP_VALUE, MEMORY, FUNCTION -> true;
                    case KERNEL, KERNEL_ADDRESS, USER_ADDRESS, OPAQUE -> false;
                };
    }

    /** A comparison with the same outcome, with the constant on the right; the same one if there is none that is simpler. */
    static Compare simpler(Compare compare) {
        if (compare.left() instanceof Constant) {
            return new Compare(compare.comparison().swapped(), compare.right(), compare.left());
        }
        if (compare.right() instanceof Constant constant && compare.left() instanceof Instruction left) {
            return withConstant(compare, left.operation(), constant.value());
        }
        return compare;
    }

    private static Compare withConstant(Compare compare, Operation left, long right) {
        boolean isEqual = compare.comparison() == Comparison.EQUAL;
        if (!isEqual && compare.comparison() != Comparison.NOT_EQUAL) {
            return compare;
        }
        return switch (left) {
            case Compare inner
            when right == 0 || right == 1 ->
                isEqual == (right == 1)
                        ? inner
                        : new Compare(inner.comparison().opposite(), inner.left(), inner.right());
            case SwapBytes swap
            when swap.width() == swap.type() ->
                new Compare(
                        compare.comparison(),
                        swap.value(),
                        Constant.of(swap.width(), Arithmetic.swapBytes(swap.width(), right)));
            case SwapBytes swap
            when swap.width() == Int.I16 && right >>> 16 == 0 && fits(swap.value(), Int.I16) ->
                new Compare(
                        compare.comparison(),
                        swap.value(),
                        Constant.of((Int) swap.type(), Arithmetic.swapBytes(Int.I16, right)));
            case Extend extend
            when isLossless(extend) && representable(extend, right) ->
                new Compare(
                        compare.comparison(),
                        extend.value(),
                        Constant.of(
                                (Int) extend.value().type(),
                                extend.from() == Int.I32
                                        ? (int) right
                                        : Arithmetic.extend(extend.from(), false, right)));
            default -> compare;
        };
    }

    /** True if the value is a load of no more than so many bytes, zero-extended. */
    private static boolean fits(Value value, Int width) {
        return value instanceof Instruction i
                && switch (i.operation()) {
                    case Operation.Load load -> !load.signed() && load.width().bits() <= width.bits();
                    case SwapBytes swap -> swap.width().bits() <= width.bits();
                    default -> false;
                };
    }

    /** True if different operands have different extensions. */
    private static boolean isLossless(Extend extend) {
        return extend.from() == Int.I32 ? extend.value().type() == Int.I32 : fits(extend.value(), extend.from());
    }

    private static boolean representable(Extend extend, long right) {
        return right == Arithmetic.cut(extend.type(), Arithmetic.extend(extend.from(), extend.signed(), right));
    }
}
