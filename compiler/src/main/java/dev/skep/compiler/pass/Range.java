package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Int;
import java.util.Optional;

/**
 * The numbers that an integer may be: at once between two signed and between two unsigned ones. Signed numbers of 32 bits are kept
 * sign-extended, unsigned ones zero-extended.
 *
 * @param type {@link Int#I32} or {@link Int#I64}
 * @param low least signed @param high greatest signed
 * @param least unsigned @param greatest unsigned
 */
record Range(Int type, long low, long high, long least, long greatest) {
    /** Any number. */
    static Range all(Int type) {
        return type == Int.I32
                ? new Range(type, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 0xffff_ffffL)
                : new Range(type, Long.MIN_VALUE, Long.MAX_VALUE, 0, -1);
    }

    /** One number. */
    static Range only(Int type, long number) {
        return signed(type, number, number);
    }

    /** Signed numbers from {@code low} to {@code high}. */
    static Range signed(Int type, long low, long high) {
        Range all = all(type);
        return new Range(type, low, high, all.least, all.greatest).tightened();
    }

    /** Unsigned numbers from {@code least} to {@code greatest}. */
    static Range unsigned(Int type, long least, long greatest) {
        Range all = all(type);
        return new Range(type, all.low, all.high, least, greatest).tightened();
    }

    /** What both allow. Where that is nothing, since the place is never reached, either may be said. */
    Range and(Range other) {
        Range both = new Range(
                type,
                Math.max(low, other.low),
                Math.min(high, other.high),
                unsignedMax(least, other.least),
                unsignedMin(greatest, other.greatest));
        return both.isEmpty() ? this : both.tightened();
    }

    private boolean isEmpty() {
        return low > high || Long.compareUnsigned(least, greatest) > 0;
    }

    /** What is between two numbers of one sign is so whether they are read as signed or not. */
    private Range tightened() {
        if ((low < 0) == (high < 0)) {
            long first = unsigned(low);
            long last = unsigned(high);
            Range tighter = new Range(type, low, high, unsignedMax(least, first), unsignedMin(greatest, last));
            return tighter.isEmpty() ? this : tighter;
        }
        if (signed(least) < 0 == signed(greatest) < 0) {
            Range tighter =
                    new Range(type, Math.max(low, signed(least)), Math.min(high, signed(greatest)), least, greatest);
            return tighter.isEmpty() ? this : tighter;
        }
        return this;
    }

    private long unsigned(long number) {
        return type == Int.I32 ? number & 0xffff_ffffL : number;
    }

    private long signed(long number) {
        return Arithmetic.cut(type, number);
    }

    private static long unsignedMax(long one, long other) {
        return Long.compareUnsigned(one, other) > 0 ? one : other;
    }

    private static long unsignedMin(long one, long other) {
        return Long.compareUnsigned(one, other) < 0 ? one : other;
    }

    /** True if it is never negative as a signed number. */
    boolean isNonNegative() {
        return low >= 0;
    }

    /** The numbers of this range that compare so with {@code number}, given sign-extended. */
    Range where(Comparison comparison, long number) {
        long bits = unsigned(number);
        Range all = all(type);
        return switch (comparison) {
            case EQUAL -> and(only(type, number));
            case NOT_EQUAL -> without(number);
            case LESS -> bits == 0 ? this : and(unsigned(type, 0, bits - 1));
            case LESS_OR_EQUAL -> and(unsigned(type, 0, bits));
            case GREATER -> bits == all.greatest ? this : and(unsigned(type, bits + 1, all.greatest));
            case GREATER_OR_EQUAL -> and(unsigned(type, bits, all.greatest));
            case SIGNED_LESS -> number == all.low ? this : and(signed(type, all.low, number - 1));
            case SIGNED_LESS_OR_EQUAL -> and(signed(type, all.low, number));
            case SIGNED_GREATER -> number == all.high ? this : and(signed(type, number + 1, all.high));
            case SIGNED_GREATER_OR_EQUAL -> and(signed(type, number, all.high));
        };
    }

    /** One number can be left out only at an end. */
    private Range without(long number) {
        long bits = unsigned(number);
        return new Range(
                        type,
                        low == number && low < high ? low + 1 : low,
                        high == number && low < high ? high - 1 : high,
                        least == bits && least != greatest ? least + 1 : least,
                        greatest == bits && least != greatest ? greatest - 1 : greatest)
                .tightened();
    }

    /** The sums of numbers of both, as far as none overflows; otherwise any number. */
    Range plus(Range other) {
        Range all = all(type);
        Range sum = all;
        boolean isBelow = other.high <= 0 || high <= all.high - other.high;
        boolean isAbove = other.low >= 0 || low >= all.low - other.low;
        if (isBelow && isAbove) {
            sum = sum.and(signed(type, low + other.low, high + other.high));
        }
        if (Long.compareUnsigned(greatest, all.greatest - other.greatest) <= 0) {
            sum = sum.and(unsigned(type, least + other.least, greatest + other.greatest));
        }
        return sum;
    }

    /** Only the least signed number and what is a multiple of {@code step} above it. @param step from 1 on */
    Range inSteps(long step) {
        long last = low + Long.divideUnsigned(high - low, step) * step;
        return and(signed(type, low, last));
    }

    /** Its numbers moved to the left, if no bit that may be set gets lost or becomes the sign; otherwise any number. */
    Range shiftedLeft(long distance) {
        int places = (int) distance & (type.bits() - 1);
        return Long.compareUnsigned(greatest, all(type).high >>> places) <= 0
                ? unsigned(type, least << places, greatest << places)
                : all(type);
    }

    /** What a comparison of a number of this range with one of the other always results in, if it does. */
    Optional<Boolean> test(Comparison comparison, Range other) {
        return switch (comparison) {
            case EQUAL ->
                isApart(other) ? Optional.of(false) : isOne() && equals(other) ? Optional.of(true) : Optional.empty();
            case NOT_EQUAL -> test(Comparison.EQUAL, other).map(equal -> !equal);
            case LESS ->
                ordered(
                        Long.compareUnsigned(greatest, other.least) < 0,
                        Long.compareUnsigned(least, other.greatest) >= 0);
            case SIGNED_LESS -> ordered(high < other.low, low >= other.high);
            case GREATER -> other.test(Comparison.LESS, this);
            case SIGNED_GREATER -> other.test(Comparison.SIGNED_LESS, this);
            case LESS_OR_EQUAL -> other.test(Comparison.LESS, this).map(less -> !less);
            case SIGNED_LESS_OR_EQUAL ->
                other.test(Comparison.SIGNED_LESS, this).map(less -> !less);
            case GREATER_OR_EQUAL -> test(Comparison.LESS, other).map(less -> !less);
            case SIGNED_GREATER_OR_EQUAL -> test(Comparison.SIGNED_LESS, other).map(less -> !less);
        };
    }

    private static Optional<Boolean> ordered(boolean always, boolean never) {
        return always ? Optional.of(true) : never ? Optional.of(false) : Optional.empty();
    }

    private boolean isOne() {
        return low == high;
    }

    private boolean isApart(Range other) {
        return high < other.low
                || other.high < low
                || Long.compareUnsigned(greatest, other.least) < 0
                || Long.compareUnsigned(other.greatest, least) < 0;
    }
}
