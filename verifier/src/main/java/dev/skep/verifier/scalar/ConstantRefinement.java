package dev.skep.verifier.scalar;

/** What a comparison with a constant tells beyond an order: that a number is not it, or which of its bits are set. */
final class ConstantRefinement {
    private static final long LOWER_32 = 0xffff_ffffL;

    private ConstantRefinement() {}

    static Range refine(Comparison comparison, Range range, long constant, boolean wide) {
        RangeBuilder builder = new RangeBuilder(range);
        switch (comparison) {
            case NOT_EQUAL -> {
                boolean possible = wide ? dropEdges(builder, constant) : dropEdges32(builder, (int) constant);
                if (!possible) {
                    return Range.EMPTY;
                }
            }
            case TEST -> setBit(builder, wide ? constant : constant & LOWER_32);
            case NOT_TEST -> clearBits(builder, wide ? constant : constant & LOWER_32);
            default -> throw new IllegalArgumentException("Not a comparison with a constant alone: " + comparison);
        }
        return RangeDeduction.synchronize(builder).build();
    }

    /** An interval that starts or ends with the constant becomes smaller; whether anything is left. */
    private static boolean dropEdges(RangeBuilder range, long constant) {
        if ((range.umin == constant && range.umax == constant) || (range.smin == constant && range.smax == constant)) {
            return false;
        }
        if (range.umin == constant) {
            range.umin++;
        }
        if (range.umax == constant) {
            range.umax--;
        }
        if (range.smin == constant) {
            range.smin++;
        }
        if (range.smax == constant) {
            range.smax--;
        }
        return true;
    }

    private static boolean dropEdges32(RangeBuilder range, int constant) {
        if ((range.umin32 == constant && range.umax32 == constant)
                || (range.smin32 == constant && range.smax32 == constant)) {
            return false;
        }
        if (range.umin32 == constant) {
            range.umin32++;
        }
        if (range.umax32 == constant) {
            range.umax32--;
        }
        if (range.smin32 == constant) {
            range.smin32++;
        }
        if (range.smax32 == constant) {
            range.smax32--;
        }
        return true;
    }

    /** Some bit of the constant is set: it is known which if there is one only. */
    private static void setBit(RangeBuilder range, long constant) {
        if (Long.bitCount(constant) == 1) {
            range.setBits(range.value | constant, range.mask & ~constant);
        }
    }

    /** No bit of the constant is set. The kernel forgets the intervals then, and finds new ones from the bits. */
    private static void clearBits(RangeBuilder range, long constant) {
        range.forgetBounds();
        range.setBits(range.value & ~constant, range.mask & ~constant);
    }
}
