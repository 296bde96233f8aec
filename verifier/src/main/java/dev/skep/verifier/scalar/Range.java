package dev.skep.verifier.scalar;

/**
 * What is known of a 64-bit number: its bits, and the intervals it and its low half lie in, both read as signed and
 * read as unsigned. It stands for the numbers that satisfy all five at once. Bounds are included.
 *
 * <p>It is the kernel's {@code struct bpf_reg_state} as far as it is about a scalar (include/linux/bpf_verifier.h).
 *
 * @param bits what is known of single bits
 * @param smin the smallest it can be, signed
 * @param smax the largest it can be, signed
 * @param umin the smallest it can be, compared unsigned
 * @param umax the largest it can be, compared unsigned
 * @param smin32 the smallest its low half can be, signed
 * @param smax32 the largest its low half can be, signed
 * @param umin32 the smallest its low half can be, compared unsigned
 * @param umax32 the largest its low half can be, compared unsigned
 */
public record Range(
        Tnum bits, long smin, long smax, long umin, long umax, int smin32, int smax32, int umin32, int umax32) {
    /** Nothing is known. */
    public static final Range UNKNOWN =
            new Range(Tnum.UNKNOWN, Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1);

    /** No number at all: what a path that cannot be taken would have. */
    static final Range EMPTY =
            new Range(Tnum.UNKNOWN, Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0);

    private static final int CACHED_MINIMUM = -64;
    private static final int CACHED_MAXIMUM = 256;
    private static final Range[] CONSTANTS = new Range[CACHED_MAXIMUM - CACHED_MINIMUM];

    static {
        for (int index = 0; index < CONSTANTS.length; index++) {
            CONSTANTS[index] = ofBits(Tnum.of(CACHED_MINIMUM + index));
        }
    }

    /** The one number {@code constant}. */
    public static Range of(long constant) {
        if (constant >= CACHED_MINIMUM && constant < CACHED_MAXIMUM) {
            return CONSTANTS[(int) constant - CACHED_MINIMUM];
        }
        return ofBits(Tnum.of(constant));
    }

    private static Range ofBits(Tnum constant) {
        long value = constant.value();
        int lower = (int) value;
        return new Range(constant, value, value, value, value, lower, lower, lower, lower);
    }

    /** A number of which just {@code bits} is known. */
    public static Range of(Tnum bits) {
        if (bits.isConstant()) {
            return of(bits.value());
        }
        if (bits.isUnknown()) {
            return UNKNOWN;
        }
        RangeBuilder builder = new RangeBuilder(UNKNOWN);
        builder.setBits(bits.value(), bits.mask());
        return RangeDeduction.synchronize(builder).build();
    }

    /** A number from {@code min} to {@code max}, compared unsigned; empty if there is none. */
    public static Range unsigned(long min, long max) {
        if (Unsigned.less(max, min)) {
            return EMPTY;
        }
        RangeBuilder builder = new RangeBuilder(UNKNOWN);
        builder.umin = min;
        builder.umax = max;
        return RangeDeduction.synchronize(builder).build();
    }

    /** A number from {@code min} to {@code max}, compared signed; empty if there is none. */
    public static Range signed(long min, long max) {
        if (max < min) {
            return EMPTY;
        }
        RangeBuilder builder = new RangeBuilder(UNKNOWN);
        builder.smin = min;
        builder.smax = max;
        return RangeDeduction.synchronize(builder).build();
    }

    /** Whether it is one number only. */
    public boolean isConstant() {
        return bits.mask() == 0;
    }

    /**
     * That one number.
     *
     * @throws IllegalStateException if it is not {@link #isConstant() constant}
     */
    public long constant() {
        if (!isConstant()) {
            throw new IllegalStateException("Not a constant: " + this);
        }
        return bits.value();
    }

    /** Whether the low half is one number only. */
    public boolean isConstant32() {
        return bits.isConstant32();
    }

    /**
     * That one number.
     *
     * @throws IllegalStateException if the low half is not {@link #isConstant32() constant}
     */
    public int constant32() {
        if (!isConstant32()) {
            throw new IllegalStateException("The low half is not a constant: " + this);
        }
        return (int) bits.value();
    }

    /** Whether nothing is known. */
    public boolean isUnknown() {
        return bits.isUnknown() && equals(UNKNOWN);
    }

    /**
     * Whether the bounds contradict one another, so that no number is left and the path that leads here cannot be
     * taken. Not every contradiction is found, only what shows after {@link #normalized()} (the kernel's {@code
     * reg_bounds_sanity_check}).
     */
    public boolean isEmpty() {
        if (smin > smax || smin32 > smax32 || Unsigned.less(umax, umin) || Unsigned.less(umax32, umin32)) {
            return true;
        }
        long value = bits.value();
        if (bits.isConstant() && (umin != value || umax != value || smin != value || smax != value)) {
            return true;
        }
        int lower = (int) value;
        return bits.isConstant32() && (umin32 != lower || umax32 != lower || smin32 != lower || smax32 != lower);
    }

    /**
     * Whether each thing known here is also known of {@code inner}: then what is safe for every number of this is safe
     * for every number of {@code inner} (the kernel's {@code range_within} and {@code tnum_in}).
     */
    public boolean contains(Range inner) {
        return smin <= inner.smin
                && smax >= inner.smax
                && Unsigned.atMost(umin, inner.umin)
                && Unsigned.atMost(inner.umax, umax)
                && smin32 <= inner.smin32
                && smax32 >= inner.smax32
                && Unsigned.atMost(umin32, inner.umin32)
                && Unsigned.atMost(inner.umax32, umax32)
                && bits.contains(inner.bits);
    }

    /** Whether {@code number} is one of the numbers this stands for. */
    public boolean contains(long number) {
        int lower = (int) number;
        return smin <= number
                && smax >= number
                && Unsigned.atMost(umin, number)
                && Unsigned.atMost(number, umax)
                && smin32 <= lower
                && smax32 >= lower
                && Unsigned.atMost(umin32, lower)
                && Unsigned.atMost(lower, umax32)
                && bits.contains(number);
    }

    /**
     * The same numbers, with what each part tells of the others put into them, as far as the kernel's
     * {@code reg_bounds_sync} does.
     */
    public Range normalized() {
        return RangeDeduction.synchronize(new RangeBuilder(this)).build();
    }

    /** The numbers in both, normalized; {@link #isEmpty() empty} if it shows that there are none. */
    public Range intersect(Range other) {
        RangeBuilder builder = new RangeBuilder(this);
        builder.intersect64(other);
        builder.intersect32(other);
        builder.intersectBits(other.bits.value(), other.bits.mask());
        // Looked at first, as deduction can hide a contradiction: it takes for granted that there is a number.
        if (!bits.overlaps(other.bits) || builder.hasCrossedBounds()) {
            return EMPTY;
        }
        Range both = RangeDeduction.synchronize(builder).build();
        boolean invented = both.isConstant() && !(contains(both.constant()) && other.contains(both.constant()));
        return invented ? EMPTY : both;
    }

    /** The same bits, with nothing said by any interval: what the kernel goes on with after a contradiction. */
    public Range withoutBounds() {
        RangeBuilder builder = new RangeBuilder(this);
        builder.forgetBounds();
        return builder.build();
    }

    /** The low half, zero-extended: {@code w1 = w2}. */
    public Range lower32() {
        return RangeConversion.lower32(this);
    }

    /** The low 1, 2, 4 or 8 bytes, zero-extended. */
    public Range zeroExtend(int bytes) {
        return bytes == Integer.BYTES ? lower32() : truncate(bytes);
    }

    /** The low 1, 2, 4 or 8 bytes, sign-extended to 64 bits: {@code r1 = (s8)r2}, or a load with sign extension. */
    public Range signExtend(int bytes) {
        return RangeConversion.signExtend(this, bytes);
    }

    /** The low 1, 2 or 4 bytes, sign-extended to 32 bits and then zero-extended: {@code w1 = (s8)w2}. */
    public Range signExtend32(int bytes) {
        return RangeConversion.signExtend32(this, bytes);
    }

    /** What a load finds of a number stored with 1, 2, 4 or 8 bytes (the kernel's {@code coerce_reg_to_size}). */
    public Range truncate(int bytes) {
        return RangeConversion.truncate(this, bytes);
    }

    /** As the kernel's log writes it. */
    @Override
    public String toString() {
        return RangeText.of(this);
    }
}
