package dev.skep.cli.trace;

import dev.skep.linux.system.SignalDisposition;
import java.time.Duration;

/**
 * Whether somebody wants tracing to end: by Ctrl-C or {@code kill}. Who asks again a while later, because ending takes too long, ends
 * the process at once; a key that was pressed twice does not.
 */
final class EndRequest {
    private static final int SIGINT = 2;
    /** 128 plus the number of SIGINT, as a shell has it. */
    private static final int INTERRUPTED = 130;

    private static final long PATIENCE = Duration.ofMillis(500).toNanos();

    private final Thread listening =
            Thread.ofPlatform().daemon().name("skep-signals").unstarted(this::listen);
    private volatile boolean asked;
    private long askedAt;

    /** Has signals be taken soon. */
    void begin() {
        listening.start();
    }

    /** Waits until they are. */
    void await() {
        try {
            listening.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; without signals to wait for, tracing goes on
        }
    }

    private void listen() {
        if (SignalDisposition.isIgnored(SIGINT)) {
            SignalDisposition.restore(
                    SIGINT); // a job in the background of a script, which is to be ended so all the same
        }
        Signals.ifPossible("INT", this::ask);
        Signals.ifPossible("TERM", this::ask);
    }

    private synchronized void ask() {
        if (asked && System.nanoTime() - askedAt > PATIENCE) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        askedAt = asked ? askedAt : System.nanoTime();
        asked = true;
    }

    boolean isAsked() {
        return asked;
    }
}
