package dev.skep.engine.jit;

/** What the parts of a function that is too large for one method hand on: an array with r0 to r10, and this. */
final class SplitState {
    /** Where the count of {@code may_goto} is. */
    static final int MAY_GOTO = Operation.REGISTERS;
    /** Length of the array. */
    static final int LENGTH = MAY_GOTO + 1;
    /** What a part returns when the function ends; r0 is its result. */
    static final int ENDED = -1;

    private static final int ENTRY_BITS = 11;
    /** A part has at most so many entries. */
    static final int MOST_ENTRIES = 1 << ENTRY_BITS;

    private SplitState() {}

    /** A place to go on at. */
    static int place(int part, int entry) {
        return part << ENTRY_BITS | entry;
    }

    static int part(int place) {
        return place >>> ENTRY_BITS;
    }

    static int entry(int place) {
        return place & (MOST_ENTRIES - 1);
    }
}
