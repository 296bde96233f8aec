package dev.skep.verifier;

/**
 * Something about an accepted program that may be wrong or may become a rejection.
 *
 * @param kind what sort of thing
 * @param place where; {@link Place#PROGRAM} if it is about all of it
 * @param message one line
 */
public record Warning(Kind kind, Place place, String message) {
    /** What a warning can be about. */
    public enum Kind {
        /** A limit of the kernel's is more than 80 % used. */
        NEAR_LIMIT,
        /** A helper's result that tells of failure is not looked at. */
        UNCHECKED_RESULT,
        /** Bounds of a value were known and then lost. */
        LOST_PRECISION
    }
}
