package dev.skep.cli.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The process that a script is run for: one that is there ({@code -p}), or one that is started ({@code -c}) and held until it is let go. */
final class TracedProcess implements AutoCloseable {
    /** {@code PID_MAX_LIMIT} of include/linux/threads.h. */
    private static final long LARGEST_PID = 4_194_304;

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w./+-]+");

    private final ProcessHandle handle;
    private final Optional<Process> child;

    private TracedProcess(ProcessHandle handle, Optional<Process> child) {
        this.handle = handle;
        this.child = child;
    }

    /** The number that a text is. @throws TraceFailure if it is none, or none that a process can have */
    static long number(String text) {
        if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
            throw new TraceFailure("Failed to parse pid: invalid integer: " + text);
        }
        if (!text.chars().allMatch(Character::isDigit)) {
            throw new TraceFailure("Failed to parse pid: invalid trailing bytes: " + text);
        }
        if (text.length() > 18 || Long.parseLong(text) > LARGEST_PID) {
            throw new TraceFailure("Pid out of range: " + text);
        }
        return Long.parseLong(text);
    }

    /** A running process. @throws TraceFailure if there is none with this number */
    static TracedProcess running(String text) {
        long pid = number(text);
        ProcessHandle handle = ProcessHandle.of(pid)
                .orElseThrow(() -> new TraceFailure("Failed to attach to pid " + pid + ": there is no such process"));
        return new TracedProcess(handle, Optional.empty());
    }

    /**
     * Starts a command of the shell, which waits for {@link #letGo} before it does anything. It has this process's input and output.
     *
     * @throws IOException if there is no shell
     */
    static TracedProcess started(String command) throws IOException {
        checkProgram(command.strip().split("\\s", 2)[0]);
        String input = "/proc/" + ProcessHandle.current().pid() + "/fd/0";
        Process child = new ProcessBuilder("/bin/sh", "-c", "read -r _; exec " + command + " <" + input)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new TracedProcess(child.toHandle(), Optional.of(child));
    }

    /** What the shell would find out when all is attached. */
    private static void checkProgram(String name) {
        if (!PLAIN_NAME.matcher(name).matches()) {
            return; // more than a name, which is the shell's to understand
        }
        boolean found = name.indexOf('/') >= 0
                ? isProgram(Path.of(name))
                : Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(":"))
                        .anyMatch(folder -> isProgram(Path.of(folder, name)));
        if (!found) {
            throw new TraceFailure("Failed to fork child: Path '" + name
                    + "' does not exist or is not executable (No such file or directory)");
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    int pid() {
        return (int) handle.pid();
    }

    /** Lets a started process go on. */
    void letGo() {
        child.ifPresent(process -> {
            try {
                process.getOutputStream().write('\n');
                process.getOutputStream().close();
            } catch (IOException e) {
                throw new TraceFailure("The child process has ended before it began: " + e.getMessage());
            }
        });
    }

    boolean isAlive() {
        return handle.isAlive();
    }

    /** Ends a started process, politely. */
    @Override
    public void close() {
        child.ifPresent(Process::destroy);
    }
}
