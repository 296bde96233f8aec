package dev.skep.verifier.scalar;

/** Bounds of products: known as long as no product of two ends overflows. */
final class ProductBounds {
    private static final long LOWER_32 = 0xffff_ffffL;

    private ProductBounds() {}

    static void multiply(RangeBuilder result, Range left, Range right) {
        result.setBits(left.bits().multiply(right.bits()));
        multiplyUnsigned64(result, left, right);
        multiplySigned64(result, left, right);
        multiplyUnsigned32(result, left, right);
        multiplySigned32(result, left, right);
    }

    private static void multiplyUnsigned64(RangeBuilder result, Range left, Range right) {
        // If the largest product fits, so does the smallest.
        if (Math.unsignedMultiplyHigh(left.umax(), right.umax()) != 0) {
            result.forgetUnsigned64();
        } else {
            result.umin = left.umin() * right.umin();
            result.umax = left.umax() * right.umax();
        }
    }

    private static void multiplySigned64(RangeBuilder result, Range left, Range right) {
        if (overflows(left.smin(), right.smin())
                || overflows(left.smin(), right.smax())
                || overflows(left.smax(), right.smin())
                || overflows(left.smax(), right.smax())) {
            result.forgetSigned64();
            return;
        }
        long minMin = left.smin() * right.smin();
        long minMax = left.smin() * right.smax();
        long maxMin = left.smax() * right.smin();
        long maxMax = left.smax() * right.smax();
        result.smin = Math.min(Math.min(minMin, minMax), Math.min(maxMin, maxMax));
        result.smax = Math.max(Math.max(minMin, minMax), Math.max(maxMin, maxMax));
    }

    private static boolean overflows(long left, long right) {
        return Math.multiplyHigh(left, right) != (left * right) >> 63;
    }

    private static void multiplyUnsigned32(RangeBuilder result, Range left, Range right) {
        long max = (left.umax32() & LOWER_32) * (right.umax32() & LOWER_32);
        if (Unsigned.less(LOWER_32, max)) {
            result.forgetUnsigned32();
        } else {
            result.umin32 = left.umin32() * right.umin32();
            result.umax32 = (int) max;
        }
    }

    private static void multiplySigned32(RangeBuilder result, Range left, Range right) {
        long minMin = (long) left.smin32() * right.smin32();
        long minMax = (long) left.smin32() * right.smax32();
        long maxMin = (long) left.smax32() * right.smin32();
        long maxMax = (long) left.smax32() * right.smax32();
        long min = Math.min(Math.min(minMin, minMax), Math.min(maxMin, maxMax));
        long max = Math.max(Math.max(minMin, minMax), Math.max(maxMin, maxMax));
        if (min != (int) min || max != (int) max) {
            result.forgetSigned32();
        } else {
            result.smin32 = (int) min;
            result.smax32 = (int) max;
        }
    }
}
