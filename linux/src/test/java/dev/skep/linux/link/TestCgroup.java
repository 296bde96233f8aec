package dev.skep.linux.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A control group made for a test, into which this process goes while the test runs. */
final class TestCgroup implements AutoCloseable {
    private static final String PROCESSES = "cgroup.procs";

    private final PrivateMount mount = PrivateMount.of("cgroup2");
    private final Path path;
    private final Path child;
    private final Path original;

    TestCgroup() {
        try {
            original = mount.root().resolve(ownGroup());
            path = Files.createDirectory(
                    mount.root().resolve("skep-" + ProcessHandle.current().pid()));
            child = Files.createDirectory(path.resolve("below"));
            enter(child);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Line {@code 0::/path} of {@code /proc/self/cgroup} is about version 2. */
    private static String ownGroup() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::/".length()))
                .findFirst()
                .orElseThrow();
    }

    private static void enter(Path group) throws IOException {
        Files.writeString(
                group.resolve(PROCESSES), Long.toString(ProcessHandle.current().pid()));
    }

    /** The group above the one this process is in. */
    String path() {
        return path.toString();
    }

    /** The group this process is in. */
    String below() {
        return child.toString();
    }

    /** Leaves the groups and removes them. */
    void remove() {
        try {
            enter(original);
            Files.deleteIfExists(child);
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        remove();
        mount.close();
    }
}
