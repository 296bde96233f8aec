package dev.skep.lang.map;

import dev.skep.lang.Context;
import dev.skep.lang.NotInJavaException;

/**
 * Programs by numbers, to go on with. Since Linux 4.2.
 */
@MapKind("PROG_ARRAY")
public final class ProgramArray extends BpfMap {
    /** A map. @param maxEntries how many numbers there are, a constant */
    public ProgramArray(int maxEntries) {
        super(maxEntries);
    }

    /** Goes on with the program at a number and never comes back; if there is none, just goes on after the call. */
    public void call(Context context, int index) {
        throw new NotInJavaException("call");
    }
}
