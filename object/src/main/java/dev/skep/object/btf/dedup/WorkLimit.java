package dev.skep.object.btf.dedup;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;

/**
 * How many comparisons a deduplication may take. Types of the same name that all differ somewhere deep are compared each
 * with each; forged ones by the thousand would take days. A kernel takes a hundredth of what is allowed.
 */
final class WorkLimit {
    private static final long MAXIMUM = 200_000_000;

    private final Btf btf;
    private long left = MAXIMUM;

    WorkLimit(Btf btf) {
        this.btf = btf;
    }

    /** Counts a comparison. @throws InputException if there have been too many */
    void step() {
        if (--left < 0) {
            throw new InputException(
                    btf.where(), "comparing the types of the same names takes more than " + MAXIMUM + " steps", "");
        }
    }
}
