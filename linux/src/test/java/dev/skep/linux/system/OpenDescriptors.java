package dev.skep.linux.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many descriptors this process has open: what a test leaves open it has leaked. */
public final class OpenDescriptors {
    private OpenDescriptors() {}

    /** Those that are open now, one of them for the counting. */
    public static long count() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
