package dev.skep.object.attach;

/** When a probe on a function runs its program. */
public enum ProbeMoment {
    /** As the function is entered. */
    ENTRY,
    /** As it returns. */
    RETURN,
    /** Both; the program can tell which, and at entry decide whether to be run at the return ({@code *.session}). */
    SESSION
}
