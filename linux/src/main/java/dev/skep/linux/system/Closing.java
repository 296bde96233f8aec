package dev.skep.linux.system;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things, the last first; all of them, also where closing one fails. */
public final class Closing {
    private Closing() {}

    /**
     * Closes them.
     *
     * @throws RuntimeException what the first one threw whose closing failed, which tells of the others too; an
     *     {@link IllegalStateException} in place of a checked exception
     */
    public static void all(List<? extends AutoCloseable> things) {
        @Nullable RuntimeException failure = null;
        for (AutoCloseable thing : things.reversed()) {
            try {
                thing.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e instanceof RuntimeException unchecked
                            ? unchecked
                            : new IllegalStateException("cannot close " + thing, e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes them because of a failure, which tells of each whose closing fails too; throws nothing itself. */
    public static void after(Throwable failure, List<? extends AutoCloseable> things) {
        try {
            all(things);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
