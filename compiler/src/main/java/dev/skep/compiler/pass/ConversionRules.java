package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Operation.Negate;
import dev.skep.compiler.ir.Operation.Reinterpret;
import dev.skep.compiler.ir.Operation.SwapBytes;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;

/** The algebra of operations with one operand. */
final class ConversionRules {
    private ConversionRules() {}

    static Operation simplify(Negate negate) {
        if (negate.value() instanceof Constant constant) {
            return Constants.number(negate.type(), -constant.value());
        }
        return negate.value() instanceof Instruction i && i.operation() instanceof Negate inner
                ? Constants.copy(inner.value())
                : negate;
    }

    /** The value with the same lowest bits, without what only changes the others. */
    static Value lowest(Value value, Int width) {
        Value at = value;
        while (at instanceof Instruction i) {
            if (i.operation() instanceof Extend extend && extend.from().bits() >= width.bits()) {
                at = extend.value();
            } else if (i.operation() instanceof Operation.Binary mask
                    && mask.operator() == BinaryOperator.AND
                    && mask.right() instanceof Constant kept
                    && Arithmetic.extend(width, true, kept.value()) == -1) {
                at = mask.left();
            } else {
                break;
            }
        }
        return at;
    }

    static Operation simplify(SwapBytes swap) {
        Value lowest = lowest(swap.value(), swap.width());
        if (!lowest.equals(swap.value()) && lowest.type().equals(swap.type())) {
            return new SwapBytes(swap.width(), lowest);
        }
        if (swap.value() instanceof Constant constant) {
            long swapped = Arithmetic.swapBytes(swap.width(), constant.value());
            return Constants.number(swap.type(), swapped);
        }
        return swap.value() instanceof Instruction i
                        && i.operation() instanceof SwapBytes inner
                        && inner.width() == swap.width()
                ? new Extend(swap.width(), false, inner.value(), (Int) swap.type())
                : swap;
    }

    static Operation simplify(Reinterpret reinterpret) {
        if (reinterpret.value() instanceof Constant constant
                && constant.value() == 0
                && reinterpret.type() instanceof Int
                && !reinterpret.value().type().equals(reinterpret.type())) {
            return Constants.number(reinterpret.type(), 0);
        }
        if (reinterpret.value() instanceof Instruction i
                && i.operation() instanceof Reinterpret inner
                && inner.value().type().equals(reinterpret.type())
                && isInteger(inner.value().type())) {
            return Constants.copy(inner.value());
        }
        return reinterpret;
    }

    private static boolean isInteger(Type type) {
        return type instanceof Int;
    }

    static Operation simplify(Extend extend) {
        Value value = extend.value();
        if (value instanceof Constant constant) {
            long extended = Arithmetic.extend(extend.from(), extend.signed(), constant.value());
            return Constants.number(extend.type(), extended);
        }
        if (extend.from() == extend.type() && value.type() == extend.type()) {
            return Constants.copy(value);
        }
        if (value instanceof Instruction i && i.operation() instanceof Extend inner) {
            Operation joined = joined(extend, inner);
            if (!joined.equals(extend)) {
                return joined;
            }
        }
        return asMask(extend);
    }

    /** An extension of what is an extension already. */
    private static Operation joined(Extend outer, Extend inner) {
        if (outer.from().bits() <= inner.from().bits()) {
            return new Extend(outer.from(), outer.signed(), inner.value(), outer.type());
        }
        boolean isWidening = !outer.signed() && outer.from() == Int.I32 && outer.type() == Int.I64;
        if (!inner.signed() && isWidening && inner.type() == Int.I32) {
            return outer; // costs nothing, and an index stays the value that was compared
        }
        if (!inner.signed()) {
            return new Extend(inner.from(), false, inner.value(), outer.type());
        }
        return outer.signed() ? new Extend(inner.from(), true, inner.value(), outer.type()) : outer;
    }

    /** Zero-extension of one or two bytes within the same width is one {@code and}, and masks join with other masks. */
    private static Operation asMask(Extend extend) {
        boolean isMask = !extend.signed()
                && extend.value().type() == extend.type()
                && (extend.from() == Int.I8 || extend.from() == Int.I16);
        long mask = Arithmetic.extend(extend.from(), false, -1);
        return isMask
                ? new Operation.Binary(BinaryOperator.AND, extend.value(), Constant.of(extend.type(), mask))
                : extend;
    }
}
