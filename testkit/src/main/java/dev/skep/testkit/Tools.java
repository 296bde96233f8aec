package dev.skep.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Other programs as tests need them: whether they are there, and running them. */
public final class Tools {
    private static final boolean REQUIRED = "1".equals(System.getenv("SKEP_REQUIRE_TOOLS"));

    private Tools() {}

    /**
     * How a program ended.
     *
     * @param exitCode its exit code (128 + n if signal n ended it)
     * @param stdout all it wrote to standard output, decoded as UTF-8
     * @param stderr all it wrote to standard error, decoded as UTF-8
     */
    public record Result(int exitCode, String stdout, String stderr) {
        /** This result; fails the test, showing what the program wrote, if it did not exit with 0. */
        public Result expectSuccess() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\nstdout:\n" + stdout + "\nstderr:\n" + stderr);
            }
            return this;
        }
    }

    /** Where on the {@code PATH} the program is. */
    public static Optional<Path> find(String program) {
        String path = System.getenv("PATH");
        return Stream.of(path == null ? new String[0] : path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /**
     * Skips the running Jupiter test, naming what is missing, unless all the programs are on the {@code PATH}. Fails it
     * instead if {@code SKEP_REQUIRE_TOOLS=1}. Like {@link NeedsTool}, for tests that learn the names only as they run.
     */
    public static void assumeAvailable(String... programs) {
        whyUnavailable(programs).ifPresent(reason -> {
            throw new TestAbortedException(reason);
        });
    }

    /** Which of the programs are missing, as a reason to skip; an error instead if {@code SKEP_REQUIRE_TOOLS=1}. */
    static Optional<String> whyUnavailable(String... programs) {
        String missing = Arrays.stream(programs)
                .filter(program -> find(program).isEmpty())
                .collect(Collectors.joining(", "));
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String reason = "not installed: " + missing;
        if (REQUIRED) {
            throw new AssertionError(reason + " (and SKEP_REQUIRE_TOOLS=1 asks for it)");
        }
        return Optional.of(reason);
    }

    /** Runs a program with nothing on its standard input; see {@link #run(List, byte[], Path, Duration)}. */
    public static Result run(List<String> command, Duration timeout) {
        return run(command, new byte[0], null, timeout);
    }

    /**
     * Runs a program and waits for it.
     *
     * @param command the program and its arguments; no shell is involved
     * @param stdin what it reads from its standard input
     * @param folder where it runs; the test's own working folder if null
     * @param timeout how long it may take; after that it is killed and the test fails
     */
    public static Result run(List<String> command, byte[] stdin, @Nullable Path folder, Duration timeout) {
        ProcessBuilder builder = new ProcessBuilder(command);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        try {
            Process process = builder.start();
            ByteArrayOutputStream stdout = new ByteArrayOutputStream();
            ByteArrayOutputStream stderr = new ByteArrayOutputStream();
            // Both pipes are emptied while the program runs: it would block on a full one.
            Thread readsStdout = drain(process.getInputStream(), stdout);
            Thread readsStderr = drain(process.getErrorStream(), stderr);
            Thread writesStdin = Thread.startVirtualThread(() -> feed(process, stdin));
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("not done after " + timeout + ": " + String.join(" ", command));
            }
            writesStdin.join();
            readsStdout.join();
            readsStderr.join();
            return new Result(
                    process.exitValue(),
                    stdout.toString(StandardCharsets.UTF_8),
                    stderr.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("running " + String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }

    private static Thread drain(InputStream from, ByteArrayOutputStream to) {
        return Thread.startVirtualThread(() -> {
            try (from) {
                from.transferTo(to);
            } catch (IOException ignored) {
                // The program was killed; what it wrote does not matter any more.
            }
        });
    }

    private static void feed(Process process, byte[] stdin) {
        try (var out = process.getOutputStream()) {
            out.write(stdin);
        } catch (IOException ignored) {
            // The program ended without reading all of it, as it may.
        }
    }
}
