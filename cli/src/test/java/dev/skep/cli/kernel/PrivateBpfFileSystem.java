package dev.skep.cli.kernel;

import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/** A bpf file system, mounted at a directory of its own while a test needs it: what is pinned there goes with it. */
public final class PrivateBpfFileSystem implements AutoCloseable {
    private static final int MNT_DETACH = 2; // linux/mount.h

    private final Path root;

    /** Mounts one. */
    public PrivateBpfFileSystem() {
        try (Arena arena = Arena.ofConfined()) {
            root = Files.createTempDirectory(
                    "skep-bpf-" + ProcessHandle.current().pid() + "-");
            long type = arena.allocateFrom("bpf").address();
            long place = arena.allocateFrom(root.toString()).address();
            SystemFailure.check(SystemCalls.call(SystemCall.MOUNT, type, place, type, 0, 0, 0), "mount bpf at " + root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A path in it. */
    public Path path(String name) {
        return root.resolve(name);
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
