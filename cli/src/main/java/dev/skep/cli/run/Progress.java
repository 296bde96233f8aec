package dev.skep.cli.run;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells on standard error how far a long run is: one line that is overwritten, from two seconds on. */
final class Progress {
    private static final long FIRST_AFTER_NANOS = 2_000_000_000L;
    private static final long EVERY_NANOS = 500_000_000L;
    /** The clock is looked at once in that many packets. */
    private static final int PACKETS_BETWEEN_LOOKS = 1024;

    private final PrintWriter err;
    private final boolean enabled;
    private final long start = System.nanoTime();
    private long nextAt = start + FIRST_AFTER_NANOS;
    private boolean shown;

    /** @param enabled false to stay silent, as when standard error is no terminal */
    Progress(PrintWriter err, boolean enabled) {
        this.err = err;
        this.enabled = enabled;
    }

    void packets(long count) {
        if (!enabled || count % PACKETS_BETWEEN_LOOKS != 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - nextAt >= 0) {
            nextAt = now + EVERY_NANOS;
            shown = true;
            double seconds = (now - start) / 1e9;
            err.printf(Locale.ROOT, "\r%,d packets in %.0f s, %,.0f packets/s ", count, seconds, count / seconds);
            err.flush();
        }
    }

    /** Wipes the line. */
    void done() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
