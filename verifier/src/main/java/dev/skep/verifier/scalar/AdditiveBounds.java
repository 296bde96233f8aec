package dev.skep.verifier.scalar;

/**
 * Bounds of sums and differences. The ends of the result's interval are those of the operands' intervals; if one end
 * overflows and the other does not, the interval wraps around and nothing is left of it.
 */
final class AdditiveBounds {
    private AdditiveBounds() {}

    static void add(RangeBuilder result, Range left, Range right) {
        result.setBits(left.bits().add(right.bits()));
        addSigned64(result, left, right);
        addSigned32(result, left, right);
        result.umin = left.umin() + right.umin();
        result.umax = left.umax() + right.umax();
        if (!Unsigned.less(result.umin, left.umin()) && Unsigned.less(result.umax, left.umax())) {
            result.forgetUnsigned64();
        }
        result.umin32 = left.umin32() + right.umin32();
        result.umax32 = left.umax32() + right.umax32();
        if (!Unsigned.less(result.umin32, left.umin32()) && Unsigned.less(result.umax32, left.umax32())) {
            result.forgetUnsigned32();
        }
    }

    private static void addSigned64(RangeBuilder result, Range left, Range right) {
        result.smin = left.smin() + right.smin();
        result.smax = left.smax() + right.smax();
        // A sum overflows if its sign differs from both operands'.
        long overflow = ((left.smin() ^ result.smin) & (right.smin() ^ result.smin))
                | ((left.smax() ^ result.smax) & (right.smax() ^ result.smax));
        if (overflow < 0) {
            result.forgetSigned64();
        }
    }

    private static void addSigned32(RangeBuilder result, Range left, Range right) {
        long min = (long) left.smin32() + right.smin32();
        long max = (long) left.smax32() + right.smax32();
        setSigned32(result, min, max);
    }

    static void subtract(RangeBuilder result, Range left, Range right) {
        result.setBits(left.bits().subtract(right.bits()));
        subtractSigned64(result, left, right);
        subtractSigned32(result, left, right);
        result.umin = left.umin() - right.umax();
        result.umax = left.umax() - right.umin();
        if (Unsigned.less(left.umin(), right.umax()) && !Unsigned.less(left.umax(), right.umin())) {
            result.forgetUnsigned64();
        }
        result.umin32 = left.umin32() - right.umax32();
        result.umax32 = left.umax32() - right.umin32();
        if (Unsigned.less(left.umin32(), right.umax32()) && !Unsigned.less(left.umax32(), right.umin32())) {
            result.forgetUnsigned32();
        }
    }

    private static void subtractSigned64(RangeBuilder result, Range left, Range right) {
        result.smin = left.smin() - right.smax();
        result.smax = left.smax() - right.smin();
        // A difference overflows if the operands' signs differ and the result has not the first one's.
        long overflow = ((left.smin() ^ right.smax()) & (left.smin() ^ result.smin))
                | ((left.smax() ^ right.smin()) & (left.smax() ^ result.smax));
        if (overflow < 0) {
            result.forgetSigned64();
        }
    }

    private static void subtractSigned32(RangeBuilder result, Range left, Range right) {
        long min = (long) left.smin32() - right.smax32();
        long max = (long) left.smax32() - right.smin32();
        setSigned32(result, min, max);
    }

    private static void setSigned32(RangeBuilder result, long min, long max) {
        if (min != (int) min || max != (int) max) {
            result.forgetSigned32();
        } else {
            result.smin32 = (int) min;
            result.smax32 = (int) max;
        }
    }
}
