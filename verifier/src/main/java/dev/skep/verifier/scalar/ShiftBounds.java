package dev.skep.verifier.scalar;

/** Bounds of a number shifted by a constant number of bits below the width. */
final class ShiftBounds {
    private static final long LOWER_32 = 0xffff_ffffL;

    private ShiftBounds() {}

    static void left(RangeBuilder range, int shift, boolean wide) {
        if (wide) {
            left64(range, shift);
        }
        left32(range, shift);
        if (wide) {
            range.setBits(range.value << shift, range.mask << shift);
        } else {
            range.setBits((range.value & LOWER_32) << shift & LOWER_32, (range.mask & LOWER_32) << shift & LOWER_32);
            range.forgetBounds64();
        }
        RangeDeduction.boundsFromBits(range);
    }

    private static void left64(RangeBuilder range, int shift) {
        if (shift == Integer.SIZE) {
            // The first half of how compilers sign-extend an int: the low half's sign becomes the number's.
            range.smin = (long) range.smin32 << Integer.SIZE;
            range.smax = (long) range.smax32 << Integer.SIZE;
        } else {
            range.forgetSigned64();
        }
        if (Unsigned.less(1L << (Long.SIZE - 1 - shift), range.umax)) {
            range.forgetUnsigned64();
        } else {
            range.umin <<= shift;
            range.umax <<= shift;
        }
    }

    private static void left32(RangeBuilder range, int shift) {
        range.forgetSigned32();
        if (shift >= Integer.SIZE || Unsigned.less(1 << (Integer.SIZE - 1 - shift), range.umax32)) {
            range.forgetUnsigned32();
        } else {
            range.umin32 <<= shift;
            range.umax32 <<= shift;
        }
    }

    static void right(RangeBuilder range, int shift, boolean wide) {
        if (wide) {
            range.setBits(range.value >>> shift, range.mask >>> shift);
            range.forgetSigned64();
            range.umin >>>= shift;
            range.umax >>>= shift;
            // Bits of the high half come into the low one.
            range.forgetBounds32();
        } else {
            range.setBits((range.value & LOWER_32) >>> shift, (range.mask & LOWER_32) >>> shift);
            range.forgetSigned32();
            range.umin32 >>>= shift;
            range.umax32 >>>= shift;
            range.forgetBounds64();
        }
        RangeDeduction.boundsFromBits(range);
    }

    static void arithmeticRight(RangeBuilder range, int shift, boolean wide) {
        if (wide) {
            range.setBits(range.value >> shift, range.mask >> shift);
            range.smin >>= shift;
            range.smax >>= shift;
            range.forgetUnsigned64();
            range.forgetBounds32();
        } else {
            range.setBits((int) range.value >> shift & LOWER_32, (int) range.mask >> shift & LOWER_32);
            range.smin32 >>= shift;
            range.smax32 >>= shift;
            range.forgetUnsigned32();
            range.forgetBounds64();
        }
        RangeDeduction.boundsFromBits(range);
    }
}
