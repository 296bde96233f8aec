package dev.skep.trace.check;

import dev.skep.trace.tree.BinaryOperator;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;

/** Finds the types of what operators between two operands make of them. */
final class BinaryTyping {
    private final TypingContext context;

    BinaryTyping(TypingContext context) {
        this.context = context;
    }

    TraceType type(Expression.Binary binary, TraceType left, TraceType right) {
        BinaryOperator operator = binary.operator();
        if (left instanceof TraceType.Nothing || right instanceof TraceType.Nothing) {
            return operator.makesTruth() ? ExpressionTyping.TRUTH : ExpressionTyping.NOTHING;
        }
        if (operator == BinaryOperator.AND || operator == BinaryOperator.OR) {
            requireScalar(binary, left);
            requireScalar(binary, right);
            return ExpressionTyping.TRUTH;
        }
        if (left instanceof TraceType.Pointer || right instanceof TraceType.Pointer) {
            return pointers(binary, left, right);
        }
        if (isNumber(left) && isNumber(right)) {
            return numbers(binary, left, right);
        }
        if (operator.isComparison() && areTexts(binary)) {
            return ExpressionTyping.TRUTH;
        }
        boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
        if (equality && areComparable(left, right)) {
            return ExpressionTyping.TRUTH;
        }
        if (!left.getClass().equals(right.getClass())) {
            context.report()
                    .error(
                            binary.operatorSpan(),
                            "Type mismatch for '" + operator.symbol() + "': comparing " + TypeText.of(left) + " with "
                                    + TypeText.of(right));
        } else {
            refuse(binary, left, right);
        }
        return operator.makesTruth() ? ExpressionTyping.TRUTH : ExpressionTyping.NOTHING;
    }

    private static boolean areTexts(Expression.Binary binary) {
        return Constants.text(binary.left()).isPresent()
                && Constants.text(binary.right()).isPresent();
    }

    static boolean isNumber(TraceType type) {
        return ExpressionTyping.isInteger(type) || type instanceof TraceType.Truth;
    }

    private static boolean areComparable(TraceType left, TraceType right) {
        return switch (left) {
            case TraceType.Text text -> right instanceof TraceType.Text;
            case TraceType.Buffer buffer -> right instanceof TraceType.Buffer;
            case TraceType.Array array -> right.equals(array);
            case TraceType.Tuple tuple -> Promotion.join(left, right).isPresent();
            case TraceType.Symbol symbol -> right.equals(symbol);
            case TraceType.HardwareAddress address -> right.equals(address);
            case TraceType.InternetAddress address -> right instanceof TraceType.InternetAddress;
            case TraceType.Structure structure -> false;
            default -> false;
        };
    }

    private TraceType numbers(Expression.Binary binary, TraceType left, TraceType right) {
        BinaryOperator operator = binary.operator();
        boolean signed = !Promotion.isUnsigned(left, right);
        if (Promotion.losesValues(left, right)) {
            warnOfSigns(binary, left, right);
        }
        if (operator.divides()
                && areConstants(binary)
                && Constants.number(binary.right()).getAsLong() == 0) {
            context.report().error(binary.span(), "unable to fold literals due to overflow or underflow");
        }
        if (signed && !areConstants(binary) && operator.divides()) {
            context.report()
                    .warning(
                            binary.operatorSpan(),
                            "signed operands for '" + operator.symbol()
                                    + "' can lead to undefined behavior (cast to unsigned to silence warning)");
        }
        if (operator.isComparison()) {
            return ExpressionTyping.TRUTH;
        }
        return left instanceof TraceType.Truth && right instanceof TraceType.Truth
                ? ExpressionTyping.TRUTH
                : Promotion.computed(operator, left, right);
    }

    private static boolean areConstants(Expression.Binary binary) {
        return Constants.number(binary.left()).isPresent()
                && Constants.number(binary.right()).isPresent();
    }

    private void warnOfSigns(Expression.Binary binary, TraceType left, TraceType right) {
        Expression unsigned = ExpressionTyping.isSigned(left) ? binary.right() : binary.left();
        context.report().warning(unsigned.span(), signedCast(ExpressionTyping.isSigned(left) ? right : left));
    }

    /** What to say of a number that loses its greatest values. */
    static String signedCast(TraceType type) {
        return "Expression of type: " + TypeText.of(type)
                + " being cast to type: int64. This may cause unexpected results. Use an explicit cast to suppress this"
                + " warning.";
    }

    private TraceType pointers(Expression.Binary binary, TraceType left, TraceType right) {
        BinaryOperator operator = binary.operator();
        boolean both = left instanceof TraceType.Pointer && right instanceof TraceType.Pointer;
        TraceType other = left instanceof TraceType.Pointer ? right : left;
        TraceType pointer = left instanceof TraceType.Pointer ? left : right;
        if (!both && !isNumber(other)) {
            refuse(binary, left, right);
            return operator.isComparison() ? ExpressionTyping.TRUTH : pointer;
        }
        if (operator.isComparison()) {
            warnOfTargets(binary, left, right);
            return ExpressionTyping.TRUTH;
        }
        boolean adds = operator == BinaryOperator.ADD && !both;
        boolean subtracts = operator == BinaryOperator.SUBTRACT && !both && left instanceof TraceType.Pointer;
        if (!adds && !subtracts) {
            refuse(binary, left, right);
        }
        return pointer;
    }

    private void warnOfTargets(Expression.Binary binary, TraceType left, TraceType right) {
        if (left instanceof TraceType.Pointer(TraceType first, AddressSpace one)
                && right instanceof TraceType.Pointer(TraceType second, AddressSpace other)
                && Promotion.join(left, right).isEmpty()) {
            context.report()
                    .warning(
                            binary.operatorSpan(),
                            "comparison of distinct pointer types: " + TypeText.of(first) + ", " + TypeText.of(second));
        }
    }

    private void requireScalar(Expression.Binary binary, TraceType type) {
        if (!isNumber(type) && !(type instanceof TraceType.Pointer)) {
            context.report()
                    .error(
                            binary.operatorSpan(),
                            "The " + binary.operator().symbol() + " operator can not be used on expressions of type '"
                                    + TypeText.of(type) + "'");
        }
    }

    private void refuse(Expression.Binary binary, TraceType left, TraceType right) {
        context.report()
                .error(
                        binary.operatorSpan(),
                        "The " + binary.operator().symbol() + " operator can not be used on expressions of types "
                                + TypeText.of(left) + ", " + TypeText.of(right));
    }
}
