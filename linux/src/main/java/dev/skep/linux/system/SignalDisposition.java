package dev.skep.linux.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What happens when this process gets a signal. Java takes no signal that is ignored when it starts, as SIGINT is in a shell script's
 * jobs in the background.
 */
public final class SignalDisposition {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    /** {@code struct sigaction} of the kernel: handler, flags, restorer, mask; all zero is {@code SIG_DFL}. */
    private static final int ACTION = 32;

    private static final int SET = 8;

    private SignalDisposition() {}

    /** Whether a signal is ignored. @param number {@code 2} for SIGINT */
    public static boolean isIgnored(int number) {
        try {
            for (String line : Files.readAllLines(STATUS)) { // no stream: this is on the way to every start
                if (line.startsWith(IGNORED)) {
                    long ignored = Long.parseUnsignedLong(
                            line.substring(IGNORED.length()).strip(), 16);
                    return (ignored >>> (number - 1) & 1) != 0;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + STATUS, e);
        }
    }

    /** Has a signal end this process, as it does if nobody has said otherwise. @throws dev.skep.object.host.HostException if there is none */
    public static void restore(int number) {
        try (Arena arena = Arena.ofConfined()) {
            long _ = SystemFailure.check(
                    SystemCalls.call(
                            SystemCall.RT_SIGACTION, number, SystemCalls.address(arena.allocate(ACTION)), 0, SET, 0, 0),
                    "resetting what signal " + number + " does");
        }
    }
}
