package dev.skep.verifier;

/**
 * Something that happened on the way to the rejection to the value that is at fault.
 *
 * @param event what kind of thing happened
 * @param place where
 * @param text in words, one sentence without a full stop: {@code "off is loaded from the packet: 0..65535"}
 */
public record HistoryEntry(Event event, Place place, String text) {
    /** What can happen to a value. */
    public enum Event {
        /** It gets a new value. */
        SET,
        /** It is copied from or to another register or the stack. */
        COPIED,
        /** It takes part in arithmetic. */
        COMPUTED,
        /** A comparison tells something about it. */
        CHECKED,
        /** A comparison tells something about another value, not about it. */
        CHECKED_ANOTHER,
        /** What was known about it is lost. */
        LOST,
        /** Its object is acquired. */
        ACQUIRED,
        /** Its object or memory is no longer valid. */
        RELEASED,
        /** It is used, and that is the failure. */
        USED
    }
}
