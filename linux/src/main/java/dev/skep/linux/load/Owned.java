package dev.skep.linux.load;

import java.util.List;

/** Closing several things of which none throws. */
final class Owned {
    private Owned() {}

    /** Closes them, the last first. */
    static void close(List<AutoCloseable> things) {
        for (AutoCloseable thing : things.reversed()) {
            try {
                thing.close();
            } catch (Exception e) { // declared by the interface; descriptors and mappings throw none
                throw new IllegalStateException("closing " + thing, e);
            }
        }
    }
}
