package dev.skep.verifier.scalar;

/**
 * A {@link Range} being worked on. An operation sets parts of it one after the other, so that a single object is made
 * however many steps there are.
 */
final class RangeBuilder {
    private static final long LOWER_32 = 0xffff_ffffL;

    private final Range origin;

    long value;
    long mask;
    long smin;
    long smax;
    long umin;
    long umax;
    int smin32;
    int smax32;
    int umin32;
    int umax32;

    RangeBuilder(Range range) {
        origin = range;
        value = range.bits().value();
        mask = range.bits().mask();
        smin = range.smin();
        smax = range.smax();
        umin = range.umin();
        umax = range.umax();
        smin32 = range.smin32();
        smax32 = range.smax32();
        umin32 = range.umin32();
        umax32 = range.umax32();
    }

    /** The result; the very range this began with if nothing has changed. */
    Range build() {
        boolean sameBits =
                value == origin.bits().value() && mask == origin.bits().mask();
        if (sameBits && sameBounds64() && sameBounds32()) {
            return origin;
        }
        if (mask == 0 && isConsistentConstant()) {
            return Range.of(value);
        }
        Tnum bits = sameBits ? origin.bits() : Tnum.of(value, mask);
        return new Range(bits, smin, smax, umin, umax, smin32, smax32, umin32, umax32);
    }

    private boolean sameBounds64() {
        return smin == origin.smin() && smax == origin.smax() && umin == origin.umin() && umax == origin.umax();
    }

    private boolean sameBounds32() {
        return smin32 == origin.smin32()
                && smax32 == origin.smax32()
                && umin32 == origin.umin32()
                && umax32 == origin.umax32();
    }

    private boolean isConsistentConstant() {
        int lower = (int) value;
        return smin == value
                && smax == value
                && umin == value
                && umax == value
                && smin32 == lower
                && smax32 == lower
                && umin32 == lower
                && umax32 == lower;
    }

    /** Whether an interval ends before it starts. */
    boolean hasCrossedBounds() {
        return smin > smax || smin32 > smax32 || Unsigned.less(umax, umin) || Unsigned.less(umax32, umin32);
    }

    void setBits(Tnum bits) {
        value = bits.value();
        mask = bits.mask();
    }

    void setBits(long knownValue, long unknownMask) {
        value = knownValue;
        mask = unknownMask;
    }

    void setConstant(long constant) {
        setBits(constant, 0);
        smin = constant;
        smax = constant;
        umin = constant;
        umax = constant;
        setLowerBounds((int) constant);
    }

    /** Sets the bounds of the low half, without its bits. */
    void setLowerBounds(int constant) {
        smin32 = constant;
        smax32 = constant;
        umin32 = constant;
        umax32 = constant;
    }

    void forgetBounds() {
        forgetBounds64();
        forgetBounds32();
    }

    void forgetBounds64() {
        forgetSigned64();
        forgetUnsigned64();
    }

    void forgetBounds32() {
        forgetSigned32();
        forgetUnsigned32();
    }

    void forgetSigned64() {
        smin = Long.MIN_VALUE;
        smax = Long.MAX_VALUE;
    }

    void forgetUnsigned64() {
        umin = 0;
        umax = -1;
    }

    void forgetSigned32() {
        smin32 = Integer.MIN_VALUE;
        smax32 = Integer.MAX_VALUE;
    }

    void forgetUnsigned32() {
        umin32 = 0;
        umax32 = -1;
    }

    void intersectSigned64(long min, long max) {
        smin = Math.max(smin, min);
        smax = Math.min(smax, max);
    }

    void intersectUnsigned64(long min, long max) {
        umin = Unsigned.max(umin, min);
        umax = Unsigned.min(umax, max);
    }

    void intersectSigned32(int min, int max) {
        smin32 = Math.max(smin32, min);
        smax32 = Math.min(smax32, max);
    }

    void intersectUnsigned32(int min, int max) {
        umin32 = Unsigned.max(umin32, min);
        umax32 = Unsigned.min(umax32, max);
    }

    void intersect64(Range other) {
        intersectSigned64(other.smin(), other.smax());
        intersectUnsigned64(other.umin(), other.umax());
    }

    void intersect32(Range other) {
        intersectSigned32(other.smin32(), other.smax32());
        intersectUnsigned32(other.umin32(), other.umax32());
    }

    /** As {@link Tnum#intersect}. */
    void intersectBits(long otherValue, long otherMask) {
        long unknown = mask & otherMask;
        value = (value | otherValue) & ~unknown;
        mask = unknown;
    }

    /** Intersects the low 32 bits alone. */
    void intersectLowerBits(long otherValue, long otherMask) {
        intersectBits(otherValue & LOWER_32, otherMask | ~LOWER_32);
    }

    /** Clears the high half: each operation on 32 bits ends so. */
    void zeroExtend32() {
        value &= LOWER_32;
        mask &= LOWER_32;
        umin = umin32 & LOWER_32;
        umax = umax32 & LOWER_32;
        boolean positive = smin32 >= 0 && smax32 >= 0;
        smin = positive ? smin32 : 0;
        smax = positive ? smax32 : LOWER_32;
    }
}
