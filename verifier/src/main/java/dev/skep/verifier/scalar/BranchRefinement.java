package dev.skep.verifier.scalar;

/**
 * What an order between two numbers tells of their intervals: the smaller one's largest value is at most the larger
 * one's, and the larger one's smallest at least the smaller one's.
 */
final class BranchRefinement {
    private static final long LOWER_32 = 0xffff_ffffL;

    private BranchRefinement() {}

    /** Each knows what the other does; what was known of the halves alone follows when normalized. */
    static Refined equal(Range a, Range b) {
        RangeBuilder first = new RangeBuilder(a);
        first.intersect64(b);
        first.intersectBits(b.bits().value(), b.bits().mask());
        RangeBuilder second = new RangeBuilder(b);
        second.intersect64(a);
        second.setBits(first.value, first.mask);
        return finish(first, second);
    }

    static Refined equal32(Range a, Range b) {
        RangeBuilder first = new RangeBuilder(a);
        first.intersect32(b);
        first.intersectLowerBits(b.bits().value() & LOWER_32, b.bits().mask() & LOWER_32);
        RangeBuilder second = new RangeBuilder(b);
        second.intersect32(a);
        second.intersectLowerBits(a.bits().value() & LOWER_32, a.bits().mask() & LOWER_32);
        return finish(first, second);
    }

    static Refined lessOrEqual(Range a, Range b) {
        RangeBuilder smaller = new RangeBuilder(a);
        RangeBuilder larger = new RangeBuilder(b);
        smaller.umax = Unsigned.min(a.umax(), b.umax());
        larger.umin = Unsigned.max(a.umin(), b.umin());
        return finish(smaller, larger);
    }

    static Refined lessOrEqual32(Range a, Range b) {
        RangeBuilder smaller = new RangeBuilder(a);
        RangeBuilder larger = new RangeBuilder(b);
        smaller.umax32 = Unsigned.min(a.umax32(), b.umax32());
        larger.umin32 = Unsigned.max(a.umin32(), b.umin32());
        return finish(smaller, larger);
    }

    static Refined less(Range a, Range b) {
        if (b.umax() == 0 || a.umin() == -1) {
            return new Refined(Range.EMPTY, Range.EMPTY);
        }
        RangeBuilder smaller = new RangeBuilder(a);
        RangeBuilder larger = new RangeBuilder(b);
        smaller.umax = Unsigned.min(a.umax(), b.umax() - 1);
        larger.umin = Unsigned.max(a.umin() + 1, b.umin());
        return finish(smaller, larger);
    }

    static Refined less32(Range a, Range b) {
        if (b.umax32() == 0 || a.umin32() == -1) {
            return new Refined(Range.EMPTY, Range.EMPTY);
        }
        RangeBuilder smaller = new RangeBuilder(a);
        RangeBuilder larger = new RangeBuilder(b);
        smaller.umax32 = Unsigned.min(a.umax32(), b.umax32() - 1);
        larger.umin32 = Unsigned.max(a.umin32() + 1, b.umin32());
        return finish(smaller, larger);
    }

    static Refined signedLessOrEqual(Range a, Range b) {
        RangeBuilder smaller = new RangeBuilder(a);
        RangeBuilder larger = new RangeBuilder(b);
        smaller.smax = Math.min(a.smax(), b.smax());
        larger.smin = Math.max(a.smin(), b.smin());
        return finish(smaller, larger);
    }

    static Refined signedLessOrEqual32(Range a, Range b) {
        RangeBuilder smaller = new RangeBuilder(a);
        RangeBuilder larger = new RangeBuilder(b);
        smaller.smax32 = Math.min(a.smax32(), b.smax32());
        larger.smin32 = Math.max(a.smin32(), b.smin32());
        return finish(smaller, larger);
    }

    static Refined signedLess(Range a, Range b) {
        if (b.smax() == Long.MIN_VALUE || a.smin() == Long.MAX_VALUE) {
            return new Refined(Range.EMPTY, Range.EMPTY);
        }
        RangeBuilder smaller = new RangeBuilder(a);
        RangeBuilder larger = new RangeBuilder(b);
        smaller.smax = Math.min(a.smax(), b.smax() - 1);
        larger.smin = Math.max(a.smin() + 1, b.smin());
        return finish(smaller, larger);
    }

    static Refined signedLess32(Range a, Range b) {
        if (b.smax32() == Integer.MIN_VALUE || a.smin32() == Integer.MAX_VALUE) {
            return new Refined(Range.EMPTY, Range.EMPTY);
        }
        RangeBuilder smaller = new RangeBuilder(a);
        RangeBuilder larger = new RangeBuilder(b);
        smaller.smax32 = Math.min(a.smax32(), b.smax32() - 1);
        larger.smin32 = Math.max(a.smin32() + 1, b.smin32());
        return finish(smaller, larger);
    }

    private static Refined finish(RangeBuilder a, RangeBuilder b) {
        return new Refined(
                RangeDeduction.synchronize(a).build(),
                RangeDeduction.synchronize(b).build());
    }
}
