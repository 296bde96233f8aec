package dev.skep.cli.kernel;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for Ctrl-C (or another request to end), and then holds the process until what has to be done at the end is done: until this
 * is closed, but for no more than a few seconds.
 *
 * <pre>{@code
 * try (UntilInterrupted ending = new UntilInterrupted()) {
 *     ending.await(Optional.empty());
 *     print(results);
 * }
 * }</pre>
 */
public final class UntilInterrupted implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 5;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::endInOrder, "end in order");

    /** Watches for the request from here on. */
    public UntilInterrupted() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void endInOrder() {
        asked.countDown();
        try {
            boolean _ = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the request, or until the time is over. @return whether the process was asked to end */
    public boolean await(Optional<Double> seconds) {
        try {
            if (seconds.isPresent()) {
                return asked.await(Math.round(seconds.get() * 1000), TimeUnit.MILLISECONDS);
            }
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }

    @Override
    public void close() {
        done.countDown();
        if (asked.getCount() > 0) {
            try {
                boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending at this very moment: the hook runs, and finds all done.
            }
        }
    }
}
