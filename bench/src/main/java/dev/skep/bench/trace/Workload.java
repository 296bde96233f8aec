package dev.skep.bench.trace;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A thread that opens, reads and closes a file over and over: what the scripts trace. */
final class Workload implements AutoCloseable {
    private final Thread thread = new Thread(this::work, "workload");
    private volatile boolean ended;

    Workload() {
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        byte[] buffer = new byte[64];
        while (!ended) {
            try (FileInputStream file = new FileInputStream("/proc/self/comm")) {
                if (file.read(buffer) <= 0) {
                    throw new IOException("/proc/self/comm is empty");
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
