package dev.skep.verifier.scalar;

/**
 * Bounds of and, or and exclusive or. The bits say most; and the result of an <i>and</i> is at most either operand,
 * that of an <i>or</i> at least either. The signed bounds are the unsigned ones where those do not cross the sign.
 */
final class BitwiseBounds {
    private BitwiseBounds() {}

    static void and(RangeBuilder result, Range left, Range right) {
        result.setBits(left.bits().and(right.bits()));
        if (!setConstantParts(result, left, right)) {
            result.umin = result.value;
            result.umax = Unsigned.min(left.umax(), right.umax());
            signedFromUnsigned64(result);
        }
        if (!bothConstant32(left, right)) {
            result.umin32 = (int) result.value;
            result.umax32 = Unsigned.min(left.umax32(), right.umax32());
            signedFromUnsigned32(result);
        }
        RangeDeduction.boundsFromBits(result);
    }

    static void or(RangeBuilder result, Range left, Range right) {
        result.setBits(left.bits().or(right.bits()));
        if (!setConstantParts(result, left, right)) {
            result.umin = Unsigned.max(left.umin(), right.umin());
            result.umax = result.value | result.mask;
            signedFromUnsigned64(result);
        }
        if (!bothConstant32(left, right)) {
            result.umin32 = Unsigned.max(left.umin32(), right.umin32());
            result.umax32 = (int) (result.value | result.mask);
            signedFromUnsigned32(result);
        }
        RangeDeduction.boundsFromBits(result);
    }

    static void xor(RangeBuilder result, Range left, Range right) {
        result.setBits(left.bits().xor(right.bits()));
        if (!setConstantParts(result, left, right)) {
            result.umin = result.value;
            result.umax = result.value | result.mask;
            signedFromUnsigned64(result);
        }
        if (!bothConstant32(left, right)) {
            result.umin32 = (int) result.value;
            result.umax32 = (int) (result.value | result.mask);
            signedFromUnsigned32(result);
        }
        RangeDeduction.boundsFromBits(result);
    }

    private static boolean bothConstant32(Range left, Range right) {
        return left.isConstant32() && right.isConstant32();
    }

    /** Sets the halves that are constant in both operands; whether that is all of it. */
    private static boolean setConstantParts(RangeBuilder result, Range left, Range right) {
        if (left.isConstant() && right.isConstant()) {
            result.setConstant(result.value);
            return true;
        }
        if (bothConstant32(left, right)) {
            result.setLowerBounds((int) result.value);
        }
        return false;
    }

    private static void signedFromUnsigned64(RangeBuilder result) {
        if (result.umin <= result.umax) {
            result.smin = result.umin;
            result.smax = result.umax;
        } else {
            result.forgetSigned64();
        }
    }

    private static void signedFromUnsigned32(RangeBuilder result) {
        if (result.umin32 <= result.umax32) {
            result.smin32 = result.umin32;
            result.smax32 = result.umax32;
        } else {
            result.forgetSigned32();
        }
    }
}
