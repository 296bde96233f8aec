package dev.skep.cli.trace;

import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.util.Locale;
import sun.misc.Signal;

/** Signals to this process. */
final class Signals {
    private Signals() {}

    /** Has {@code action} run, on a thread of its own, whenever the signal comes. @param name {@code SIGUSR1} or {@code USR1} */
    static void on(String name, Runnable action) {
        String bare = name.toUpperCase(Locale.ROOT);
        try {
            Signal.handle(new Signal(bare.startsWith("SIG") ? bare.substring(3) : bare), _ -> action.run());
        } catch (IllegalArgumentException e) {
            throw new HostException(Errno.EINVAL, "signal " + name + " cannot be waited for: " + e.getMessage());
        }
    }

    /** As {@link #on}, for a signal that this process may not be able to wait for. */
    static void ifPossible(String name, Runnable action) {
        try {
            on(name, action);
        } catch (HostException e) {
            // the JVM was started with -Xrs: it ends at once, as it was told to
        }
    }
}
