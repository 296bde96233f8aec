package dev.skep.verifier.scalar;

/**
 * What the parts of a range tell of one another. Each rule keeps the numbers that all parts leave and, but
 * for a rare case in {@link #from32To64}, only narrows; the rules and how often each is applied are those of the
 * kernel's {@code reg_bounds_sync} (Linux 6.18).
 */
final class RangeDeduction {
    /** A bound found by the last rule can serve the first one: after so many rounds the kernel stops. */
    private static final int ROUNDS = 3;

    private static final long LOWER_32 = 0xffff_ffffL;

    private RangeDeduction() {}

    static RangeBuilder synchronize(RangeBuilder range) {
        boundsFromBits(range);
        for (int round = 0; round < ROUNDS; round++) {
            lowerFrom64(range);
            betweenSigns32(range);
            betweenSigns64(range);
            from32To64(range);
        }
        bitsFromBounds(range);
        boundsFromBits(range);
        return range;
    }

    /**
     * The smallest number with the known bits has 0 for each unknown one, the largest 1; the sign bit counts reversed.
     */
    static void boundsFromBits(RangeBuilder range) {
        int value = (int) range.value;
        int mask = (int) range.mask;
        range.intersectSigned32(value | (mask & Integer.MIN_VALUE), value | (mask & Integer.MAX_VALUE));
        range.intersectUnsigned32(value, value | mask);
        boundsFromBits64(range);
    }

    private static void boundsFromBits64(RangeBuilder range) {
        long value = range.value;
        long mask = range.mask;
        range.intersectSigned64(value | (mask & Long.MIN_VALUE), value | (mask & Long.MAX_VALUE));
        range.intersectUnsigned64(value, value | mask);
        onlyCommonNumber(range);
    }

    /** If the unsigned interval holds just one of the numbers with the known bits, it is that one. */
    private static void onlyCommonNumber(RangeBuilder range) {
        long value = range.value;
        long mask = range.mask;
        long next = Tnum.next(value, mask, range.umin);
        if ((range.umin & ~mask) == value) {
            if (Unsigned.less(range.umax, next)) {
                range.setConstant(range.umin);
            }
        } else if (next == (value | mask)
                || (Unsigned.atMost(next, range.umax) && Unsigned.less(range.umax, Tnum.next(value, mask, next)))) {
            range.setConstant(next);
        }
    }

    /**
     * Where all numbers of an interval of 64 bits have the same high half, their low halves are an interval too: an
     * unsigned one always, a signed one if it does not cross the sign. Where the high half takes two values in
     * succession, the low halves of the end of the first and the start of the second are a signed interval around 0.
     */
    private static void lowerFrom64(RangeBuilder range) {
        lowerFromInterval(range, range.umin, range.umax);
        lowerFromInterval(range, range.smin, range.smax);
        lowerAcrossZero(range, range.umin, range.umax);
        lowerAcrossZero(range, range.smin, range.smax);
    }

    private static void lowerFromInterval(RangeBuilder range, long min, long max) {
        if ((min >>> 32) != (max >>> 32)) {
            return;
        }
        int lowerMin = (int) min;
        int lowerMax = (int) max;
        if (Unsigned.atMost(lowerMin, lowerMax)) {
            range.intersectUnsigned32(lowerMin, lowerMax);
        }
        if (lowerMin <= lowerMax) {
            range.intersectSigned32(lowerMin, lowerMax);
        }
    }

    private static void lowerAcrossZero(RangeBuilder range, long min, long max) {
        int lowerMin = (int) min;
        int lowerMax = (int) max;
        if ((int) (min >>> 32) + 1 == (int) (max >>> 32) && lowerMin < 0 && lowerMax >= 0) {
            range.intersectSigned32(lowerMin, lowerMax);
        }
    }

    /**
     * An interval that does not cross from the largest signed number to the smallest (or, for a signed one, from -1 to
     * 0) is an interval in the other reading too. A signed interval that crosses is two in the unsigned reading, one at
     * each end; if the unsigned interval meets just one of them, that one is left.
     */
    private static void betweenSigns64(RangeBuilder range) {
        if (range.umin <= range.umax) {
            range.intersectSigned64(range.umin, range.umax);
        }
        if (Unsigned.atMost(range.smin, range.smax)) {
            range.intersectUnsigned64(range.smin, range.smax);
        } else if (Unsigned.less(range.umax, range.smin)) {
            range.smin = range.umin;
            range.umax = Unsigned.min(range.umax, range.smax);
        } else if (Unsigned.less(range.smax, range.umin)) {
            range.smax = range.umax;
            range.umin = Unsigned.max(range.umin, range.smin);
        }
    }

    /** As {@link #betweenSigns64}. */
    private static void betweenSigns32(RangeBuilder range) {
        if (range.umin32 <= range.umax32) {
            range.intersectSigned32(range.umin32, range.umax32);
        }
        if (Unsigned.atMost(range.smin32, range.smax32)) {
            range.intersectUnsigned32(range.smin32, range.smax32);
        } else if (Unsigned.less(range.umax32, range.smin32)) {
            range.smin32 = range.umin32;
            range.umax32 = Unsigned.min(range.umax32, range.smax32);
        } else if (Unsigned.less(range.smax32, range.umin32)) {
            range.smax32 = range.umax32;
            range.umin32 = Unsigned.max(range.umin32, range.smin32);
        }
    }

    /**
     * A bound of 64 bits can be moved inwards to the next number whose low half is within the bounds of the low half.
     */
    private static void from32To64(RangeBuilder range) {
        boundsWithLower(range, range.umin32 & LOWER_32, range.umax32 & LOWER_32);
        if (Unsigned.atMost(range.smin32, range.smax32)) {
            boundsWithLower(range, range.smin32 & LOWER_32, range.smax32 & LOWER_32);
        }
        // A sign-extended int whose low half is not negative is that low half. This forgets a bound of 64 bits that the
        // low half has not learned of yet; so does the kernel.
        if (range.smin32 >= 0 && range.smin >= Integer.MIN_VALUE && range.smax <= Integer.MAX_VALUE) {
            range.smin = range.smin32;
            range.smax = range.smax32;
            range.umin = range.smin32;
            range.umax = range.smax32;
            long unknown = Tnum.maskOfRange(range.smin, range.smax);
            range.intersectBits(range.smin & ~unknown, unknown);
        }
    }

    private static void boundsWithLower(RangeBuilder range, long lowerMin, long lowerMax) {
        range.intersectUnsigned64((range.umin & ~LOWER_32) | lowerMin, (range.umax & ~LOWER_32) | lowerMax);
        range.intersectSigned64((range.smin & ~LOWER_32) | lowerMin, (range.smax & ~LOWER_32) | lowerMax);
    }

    /** The leading bits that the ends of an interval share are known; the kernel uses the unsigned ones for it. */
    private static void bitsFromBounds(RangeBuilder range) {
        long unknown = Tnum.maskOfRange(range.umin, range.umax);
        range.intersectBits(range.umin & ~unknown, unknown);
        long lowerMin = range.umin32 & LOWER_32;
        long lowerUnknown = Tnum.maskOfRange(lowerMin, range.umax32 & LOWER_32);
        range.intersectLowerBits(lowerMin & ~lowerUnknown, lowerUnknown);
    }
}
