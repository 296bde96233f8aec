package dev.skep.linux.link;

import dev.skep.linux.machine.SystemCallWrapper;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/** Things that make the kernel run functions that the JVM does not use by itself. */
final class KernelCalls {
    /** The function behind {@link #uname()}. */
    static final String UNAME = SystemCallWrapper.functionName("newuname").orElseThrow();

    private KernelCalls() {}

    /** {@code uname(2)}. */
    static void uname() {
        try (Arena arena = Arena.ofConfined()) {
            SystemCalls.call(SystemCall.UNAME, arena.allocate(6 * 65).address(), 0, 0); // struct new_utsname
        }
    }

    /** Opens a file and closes it. */
    static void openFile() {
        try (InputStream in = Files.newInputStream(Path.of("/proc/version"))) {
            in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
