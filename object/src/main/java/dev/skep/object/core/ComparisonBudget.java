package dev.skep.object.core;

/** Ends a comparison of types that forged BTF would make endless: types that share members nest exponentially. */
final class ComparisonBudget {
    /** Far above what real types need: comparing task_struct with all it contains takes thousands. */
    private static final int LIMIT = 1_000_000;

    private int spent;

    /** Counts one comparison. @throws CoreFailure after too many */
    void spend() {
        if (++spent > LIMIT) {
            throw new CoreFailure(
                    "comparing the types takes more than " + LIMIT + " steps", "the BTF is damaged; rebuild it");
        }
    }
}
