package dev.skep.compiler.code;

/**
 * Numbers of registers: those of the machine, r0 to r10, and from {@link #FIRST_VIRTUAL} on as many as a function needs, until the
 * register allocation puts each into one of the machine's.
 */
final class Registers {
    /** No register. */
    static final int NONE = -1;

    /** Result of calls and of the function. */
    static final int RESULT = 0;

    /** First argument of calls; the others follow. */
    static final int FIRST_ARGUMENT = 1;

    /** As many arguments as a call can have. */
    static final int ARGUMENTS = 5;

    /** r0 to r5 are lost in calls. */
    static final int LOST_IN_CALLS = 6;

    /** r0 to r9 hold values. */
    static final int ALLOCATABLE = 10;

    /** r10, the end of the frame. */
    static final int FRAME = 10;

    /** The first that is none of the machine. */
    static final int FIRST_VIRTUAL = 11;

    private Registers() {}

    static boolean isVirtual(int register) {
        return register >= FIRST_VIRTUAL;
    }
}
