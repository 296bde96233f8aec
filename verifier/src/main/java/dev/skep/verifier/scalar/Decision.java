package dev.skep.verifier.scalar;

/** Whether a comparison holds for the numbers that two ranges stand for. */
public enum Decision {
    /** For all of them. */
    ALWAYS,
    /** For none of them. */
    NEVER,
    /** For some, perhaps. */
    UNKNOWN;

    /** The decision on the comparison's opposite. */
    public Decision negated() {
        return switch (this) {
            case ALWAYS -> NEVER;
            case NEVER -> ALWAYS;
            case UNKNOWN -> UNKNOWN;
        };
    }

    static Decision of(boolean always, boolean never) {
        return always ? ALWAYS : never ? NEVER : UNKNOWN;
    }
}
