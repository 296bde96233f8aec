package dev.skep.linux.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closing several things. */
final class Owned {
    private Owned() {}

    /** Closes them, the last first; all of them, also where one throws. @throws IllegalStateException what the first one threw */
    static void close(List<AutoCloseable> things) {
        @Nullable RuntimeException failure = null;
        for (AutoCloseable thing : things.reversed()) {
            try {
                thing.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("cannot close " + thing, e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
