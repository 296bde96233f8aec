package dev.skep.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process's output goes to. */
public final class Terminal {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private Terminal() {}

    /** True if results may be coloured: standard output is a terminal and NO_COLOR (https://no-color.org) is not set. */
    public static boolean colours() {
        return colours(STDOUT);
    }

    /** True if what goes to standard error may be coloured. */
    public static boolean coloursErrors() {
        return colours(STDERR);
    }

    private static boolean colours(int descriptor) {
        String noColour = System.getenv("NO_COLOR");
        return (noColour == null || noColour.isEmpty())
                && !"dumb".equals(System.getenv("TERM"))
                && isTerminal(descriptor);
    }

    /** True if standard output is a terminal, whose screen can be drawn on. */
    public static boolean isOutput() {
        return isTerminal(STDOUT);
    }

    /** True if a line of progress that is overwritten again and again makes sense: standard error is a terminal. */
    public static boolean showsProgress() {
        return isTerminal(STDERR);
    }

    /** Java can tell only whether standard input and output both are terminals; /proc tells each on its own. */
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null && System.console().isTerminal();
        }
    }
}
