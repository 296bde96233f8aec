package dev.skep.trace.run;

import dev.skep.trace.plan.Action;
import dev.skep.trace.source.Span;

/** Where what is wrong while a script runs is said. */
public interface Complaints {
    /** Something that is no complaint, in one line. */
    void note(String message);

    /** Something to be told, with no place in the script. */
    void warn(String message);

    /** As {@link #warn}, worse. */
    void error(String message);

    /** What is said of a place of the script, by itself or of it. */
    void at(Span place, Action.Complaint kind, String message);

    /**
     * A helper of the kernel failed at a place.
     *
     * @param errno the positive number, of the last time
     * @param times how often since it was told last
     */
    void helperFailed(Span place, String helper, int errno, long times);
}
