package dev.skep.linux.link;

import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of the kernel's, mounted at a directory of its own while a test needs it. */
public final class PrivateMount implements AutoCloseable {
    private static final int MNT_DETACH = 2; // linux/mount.h

    private final Path root;

    private PrivateMount(Path root) {
        this.root = root;
    }

    public static PrivateMount of(String type) {
        try {
            Path root = Files.createTempDirectory(
                    "skep-" + type + "-" + ProcessHandle.current().pid() + "-");
            try (Arena arena = Arena.ofConfined()) {
                long result = SystemCalls.call(
                        SystemCall.MOUNT,
                        arena.allocateFrom(type).address(),
                        arena.allocateFrom(root.toString()).address(),
                        arena.allocateFrom(type).address(),
                        0,
                        0,
                        0);
                SystemFailure.check(result, "mount " + type + " at " + root);
            }
            return new PrivateMount(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path root() {
        return root;
    }

    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls.call(
                    SystemCall.UMOUNT2, arena.allocateFrom(root.toString()).address(), MNT_DETACH, 0);
            Files.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
