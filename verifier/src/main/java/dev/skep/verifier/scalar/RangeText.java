package dev.skep.verifier.scalar;

/**
 * Ranges as the kernel's verifier log writes them (kernel/bpf/log.c, {@code print_scalar_ranges} and
 * {@code tnum_strn}): only the bounds that say something, those of the same value together, then the bits, as in
 * {@code smin=umin=1,smax=umax=smax32=umax32=255,var_off=(0x0; 0xff)}.
 */
public final class RangeText {
    private static final String[] NAMES = {"smin", "smax", "umin", "umax", "smin32", "smax32", "umin32", "umax32"};
    private static final int SIGNED_32_FIRST = 4;
    private static final int UNSIGNED_32_FIRST = 6;
    private static final long LOWER_32 = 0xffff_ffffL;

    private RangeText() {}

    /** The bounds and bits, separated by commas; a constant as its number alone; empty if nothing is known. */
    public static String of(Range range) {
        if (range.isConstant()) {
            return signed(range.constant());
        }
        StringBuilder text = new StringBuilder();
        appendBounds(text, range);
        if (!range.bits().isUnknown()) {
            separate(text).append("var_off=").append(of(range.bits()));
        }
        return text.toString();
    }

    /** {@code (0xVALUE; 0xMASK)}, or the number if it is one. */
    public static String of(Tnum bits) {
        if (bits.isConstant()) {
            return unsigned(bits.value());
        }
        return "(" + hexadecimal(bits.value()) + "; " + hexadecimal(bits.mask()) + ")";
    }

    private static void appendBounds(StringBuilder text, Range range) {
        long[] bounds = boundsAsWritten(range);
        boolean[] done = saysNothing(range);
        for (int first = 0; first < bounds.length; first++) {
            if (done[first]) {
                continue;
            }
            separate(text).append(NAMES[first]).append('=');
            // Minima are at even places and join minima, maxima join maxima.
            for (int next = first + 2; next < bounds.length; next += 2) {
                boolean sameSign = isNegative(next, bounds) == isNegative(first, bounds);
                if (!done[next] && bounds[next] == bounds[first] && sameSign) {
                    done[next] = true;
                    text.append(NAMES[next]).append('=');
                }
            }
            text.append(isSigned(first) ? signed(bounds[first]) : unsigned(bounds[first]));
        }
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.isEmpty() ? text : text.append(',');
    }

    private static long[] boundsAsWritten(Range range) {
        return new long[] {
            range.smin(),
            range.smax(),
            range.umin(),
            range.umax(),
            signed32(range.smin32()),
            signed32(range.smax32()),
            range.umin32() & LOWER_32,
            range.umax32() & LOWER_32,
        };
    }

    /** Sign-extended only if it is written in decimal: in hexadecimal it keeps its eight digits. */
    private static long signed32(int bound) {
        return isShort(bound) ? bound : bound & LOWER_32;
    }

    private static boolean[] saysNothing(Range range) {
        return new boolean[] {
            range.smin() == Long.MIN_VALUE,
            range.smax() == Long.MAX_VALUE,
            range.umin() == 0,
            range.umax() == -1,
            range.smin32() == Integer.MIN_VALUE,
            range.smax32() == Integer.MAX_VALUE,
            range.umin32() == 0,
            range.umax32() == -1,
        };
    }

    private static boolean isSigned(int place) {
        return place < 2 || (place >= SIGNED_32_FIRST && place < UNSIGNED_32_FIRST);
    }

    private static boolean isNegative(int place, long[] bounds) {
        return isSigned(place) && bounds[place] < 0;
    }

    /** Small numbers in decimal, others in hexadecimal. */
    private static String signed(long number) {
        return isShort(number) ? Long.toString(number) : hexadecimal(number);
    }

    private static boolean isShort(long number) {
        return number == (short) number;
    }

    private static String unsigned(long number) {
        return number == (number & 0xffff) ? Long.toString(number) : hexadecimal(number);
    }

    private static String hexadecimal(long number) {
        return "0x" + Long.toHexString(number);
    }
}
