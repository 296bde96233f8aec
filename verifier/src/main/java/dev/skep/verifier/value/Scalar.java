package dev.skep.verifier.value;

import dev.skep.verifier.scalar.Range;

/**
 * A number.
 *
 * @param range what it can be
 * @param id numbers with the same id, not 0, came from one another by copying: what a comparison teaches of one holds for all
 * @param linked the number is {@code delta} more than the others with its id, rather than equal to them
 * @param delta what was added since the copy, 0 unless {@code linked}
 */
public record Scalar(Range range, int id, boolean linked, int delta) implements Value {
    /** A number of which nothing is known. */
    public static final Scalar UNKNOWN = of(Range.UNKNOWN);

    public static final Scalar ZERO = of(Range.of(0));

    /** A number with this range that is no copy of another. */
    public static Scalar of(Range range) {
        return new Scalar(range, 0, false, 0);
    }

    public static Scalar constant(long value) {
        return of(Range.of(value));
    }

    /** The same number with other knowledge. */
    public Scalar withRange(Range newRange) {
        return new Scalar(newRange, id, linked, delta);
    }

    public Scalar withId(int newId) {
        return new Scalar(range, newId, false, 0);
    }

    /** The same knowledge, no longer tied to its copies. */
    public Scalar unlinked() {
        return id == 0 ? this : of(range);
    }

    /** The same number, now {@code amount} away from its copies. */
    public Scalar linkedBy(int amount, Range newRange) {
        return new Scalar(newRange, id, true, amount);
    }
}
