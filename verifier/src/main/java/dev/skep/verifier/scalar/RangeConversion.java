package dev.skep.verifier.scalar;

/** Changes of a number's width: moves of 32 bits, sign extension, and what a load or store of some bytes leaves. */
final class RangeConversion {
    private RangeConversion() {}

    static Range lower32(Range range) {
        if (range.isConstant()) {
            return Range.of(range.constant() & 0xffff_ffffL);
        }
        RangeBuilder builder = new RangeBuilder(range);
        builder.zeroExtend32();
        return RangeDeduction.synchronize(builder).build();
    }

    static Range truncate(Range range, int bytes) {
        checkWidth(bytes, Long.BYTES);
        if (bytes == Long.BYTES) {
            return range;
        }
        long kept = (1L << (bytes * Byte.SIZE)) - 1;
        if (range.isConstant()) {
            return Range.of(range.constant() & kept);
        }
        RangeBuilder builder = new RangeBuilder(range);
        builder.setBits(builder.value & kept, builder.mask & kept);
        if ((builder.umin & ~kept) == (builder.umax & ~kept)) {
            builder.umin &= kept;
            builder.umax &= kept;
        } else {
            builder.umin = 0;
            builder.umax = kept;
        }
        builder.smin = builder.umin;
        builder.smax = builder.umax;
        if (bytes < Integer.BYTES) {
            builder.forgetBounds32();
        }
        return RangeDeduction.synchronize(builder).build();
    }

    static Range signExtend(Range range, int bytes) {
        checkWidth(bytes, Long.BYTES);
        if (bytes == Long.BYTES) {
            return range;
        }
        int kept = bytes * Byte.SIZE;
        int dropped = Long.SIZE - kept;
        if (range.isConstant()) {
            return Range.of(extend(range.constant(), dropped));
        }
        long first = extend(range.smin(), dropped);
        long last = extend(range.smax(), dropped);
        boolean sameHighBits = range.smin() >> kept == range.smax() >> kept;
        RangeBuilder builder = new RangeBuilder(range);
        if (sameHighBits && (first < 0) == (last < 0)) {
            setInterval(builder, Math.min(first, last), Math.max(first, last));
        } else {
            builder.setBits(0, -1);
            builder.forgetUnsigned64();
            builder.forgetUnsigned32();
            builder.smin = Long.MIN_VALUE >> dropped;
            builder.smax = Long.MAX_VALUE >> dropped;
            builder.smin32 = (int) builder.smin;
            builder.smax32 = (int) builder.smax;
        }
        return builder.build();
    }

    /** An interval of numbers of one sign that an int can hold. */
    private static void setInterval(RangeBuilder builder, long min, long max) {
        long unknown = Tnum.maskOfRange(min, max);
        builder.setBits(min & ~unknown, unknown);
        builder.smin = min;
        builder.smax = max;
        builder.umin = min;
        builder.umax = max;
        builder.smin32 = (int) min;
        builder.smax32 = (int) max;
        builder.umin32 = (int) min;
        builder.umax32 = (int) max;
    }

    static Range signExtend32(Range range, int bytes) {
        checkWidth(bytes, Integer.BYTES);
        if (bytes == Integer.BYTES) {
            return lower32(range);
        }
        int kept = bytes * Byte.SIZE;
        int dropped = Integer.SIZE - kept;
        if (range.isConstant()) {
            return Range.of(extend((int) range.constant(), dropped) & 0xffff_ffffL);
        }
        int first = extend(range.smin32(), dropped);
        int last = extend(range.smax32(), dropped);
        boolean sameHighBits = range.smin32() >> kept == range.smax32() >> kept;
        RangeBuilder builder = new RangeBuilder(range);
        if (sameHighBits && (first < 0) == (last < 0)) {
            setInterval(builder, Math.min(first, last), Math.max(first, last));
        } else {
            builder.setBits(0, -1);
            builder.forgetUnsigned32();
            builder.smin32 = Integer.MIN_VALUE >> dropped;
            builder.smax32 = Integer.MAX_VALUE >> dropped;
        }
        builder.zeroExtend32();
        return RangeDeduction.synchronize(builder).build();
    }

    private static long extend(long number, int dropped) {
        return number << dropped >> dropped;
    }

    private static int extend(int number, int dropped) {
        return number << dropped >> dropped;
    }

    private static void checkWidth(int bytes, int most) {
        if (Integer.bitCount(bytes) != 1 || bytes < 1 || bytes > most) {
            throw new IllegalArgumentException(
                    "A number has 1, 2, 4 or 8 bytes and here at most %d, not %d".formatted(most, bytes));
        }
    }
}
