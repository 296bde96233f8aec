package dev.skep.linux.link;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;

/**
 * A network namespace, held so that any thread can do there what bpf(2) does only in the calling thread's own: an
 * interface's index means another interface elsewhere.
 */
final class HeldNamespace implements AutoCloseable {
    private static final Path OWN = Path.of("/proc/thread-self/ns/net");
    private static final int CLONE_NEWNET = 0x40000000; // linux/sched.h

    private final FileDescriptor descriptor;
    private final String name;

    private HeldNamespace(FileDescriptor descriptor, String name) {
        this.descriptor = descriptor;
        this.name = name;
    }

    /** The calling thread's. */
    static HeldNamespace own() {
        String name = name(OWN); // before there is a descriptor to close if this fails
        return new HeldNamespace(FileDescriptor.open(OWN, FileDescriptor.O_RDONLY), name);
    }

    /** For example {@code net:[4026531840]}. */
    private static String name(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the network namespace", e);
        }
    }

    /**
     * Makes a system call in the namespace: in this thread if it is there, else in one that goes there.
     *
     * @return its result
     */
    long call(LongSupplier call) {
        if (name(OWN).equals(name)) {
            return call.getAsLong();
        }
        CompletableFuture<Long> result = new CompletableFuture<>();
        // The namespace is a property of the operating system's thread, so of a carrier for virtual ones.
        Thread.ofPlatform().name("skep-namespace").start(() -> {
            try {
                SystemFailure.check(
                        descriptor.call(SystemCall.SETNS, CLONE_NEWNET, 0), "enter the network namespace " + name);
                result.complete(call.getAsLong());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
