package dev.skep.linux.link;

import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread in a network namespace of its own, which goes with the thread and everything in it. */
final class NamespaceThread implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000; // linux/sched.h

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final Path file;

    NamespaceThread() {
        file = call(() -> {
            SystemFailure.check(
                    SystemCalls.call(SystemCall.UNSHARE, CLONE_NEWNET, 0, 0), "leave the network namespace");
            return Path.of("/proc")
                    .resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")))
                    .resolve("ns/net");
        });
    }

    /** The namespace's file. */
    Path file() {
        return file;
    }

    /** Has the thread do something; what it throws comes out here. */
    <T> T call(Callable<T> task) {
        try {
            return executor.submit(task).get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What may be done in the thread. */
    interface Task {
        void run() throws IOException;
    }

    void run(Task task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    @Override
    public void close() {
        executor.close();
    }
}
