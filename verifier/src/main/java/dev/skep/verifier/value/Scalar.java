package dev.skep.verifier.value;

import dev.skep.verifier.scalar.Range;

/**
 * A number.
 *
 * @param range what it can be
 * @param id numbers with the same id, not 0, came from one another by copying: what a comparison teaches of one holds for all
 * @param linked the number is {@code delta} more than the others with its id, rather than equal to them
 * @param narrow that distance was added in 32 bits: only those of the sum are kept
 * @param delta what was added since the copy, 0 unless {@code linked}
 */
public record Scalar(Range range, int id, boolean linked, boolean narrow, int delta) implements Value {
    /** A number of which nothing is known. */
    public static final Scalar UNKNOWN = of(Range.UNKNOWN);

    public static final Scalar ZERO = of(Range.of(0));

    /** A number with this range that is no copy of another. */
    public static Scalar of(Range range) {
        return new Scalar(range, 0, false, false, 0);
    }

    public static Scalar constant(long value) {
        return of(Range.of(value));
    }

    /** The same number with other knowledge. */
    public Scalar withRange(Range newRange) {
        return new Scalar(newRange, id, linked, narrow, delta);
    }

    public Scalar withId(int newId) {
        return new Scalar(range, newId, false, false, 0);
    }

    /** The same knowledge, no longer tied to its copies. */
    public Scalar unlinked() {
        return id == 0 ? this : of(range);
    }

    /** The same number, now {@code amount} away from its copies. @param in32Bits whether the sum was cut to 32 bits */
    public Scalar linkedBy(int amount, boolean in32Bits, Range newRange) {
        return new Scalar(newRange, id, true, in32Bits, amount);
    }
}
