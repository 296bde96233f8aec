package dev.skep.cli;

import dev.skep.compiler.java.Finding;
import dev.skep.compiler.java.JavaSourceException;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one line for the user and an exit code, or into a stack trace with {@code --debug}. */
final class Failures {
    private final PrintWriter err;
    private final boolean debug;

    /**
     * @param err where the line goes
     * @param args the command line, searched for {@code --debug}: it may be what could not be parsed
     */
    Failures(PrintWriter err, String... args) {
        this.err = err;
        List<String> words = Arrays.asList(args);
        int trace = words.indexOf("trace"); // has a --debug of its own
        int debug = words.indexOf("--debug");
        this.debug = debug >= 0 && (trace < 0 || debug < trace);
    }

    /** Wrong usage: the line, a guess at what was meant, and where help is. */
    int usage(ParameterException e) {
        print(e, e.getMessage());
        CommandLine command = e.getCommandLine();
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        int exitCode = command.getCommandSpec().exitCodeOnInvalidInput();
        if (exitCode == ExitCode.FAILED) { // as bpftrace does it: with all there is to know
            command.usage(err);
        }
        return exitCode;
    }

    /** Anything thrown while a command ran. */
    int failed(Throwable e) {
        switch (e) {
            case CliException cli -> {
                print(e, cli.mistakes());
                return cli.exitCode();
            }
            case JavaSourceException java -> {
                print(e, java.findings().stream().map(Finding::toString).toList());
                return ExitCode.BAD_INPUT;
            }
            case InputException input -> {
                print(e, e.getMessage());
                return ExitCode.of(input);
            }
            case HostException host -> {
                print(e, e.getMessage());
                return ExitCode.of(host);
            }
            case IOException io -> {
                print(e, describe(io));
                return ExitCode.BAD_INPUT;
            }
            case UncheckedIOException io -> {
                print(e, describe(Objects.requireNonNull(io.getCause())));
                return ExitCode.BAD_INPUT;
            }
            case OutOfMemoryError _ -> {
                print(e, "out of memory; give Java more, for example with SKEP_JAVA_OPTS=-Xmx4g");
                return ExitCode.UNAVAILABLE;
            }
            default -> {
                print(e, "internal error, please report it: " + e + " (--debug shows where)");
                return ExitCode.FAILED;
            }
        }
    }

    private void print(Throwable e, List<String> mistakes) {
        if (debug) {
            e.printStackTrace(err);
        } else {
            mistakes.forEach(mistake -> print(e, mistake));
        }
    }

    private void print(Throwable e, @Nullable String message) {
        if (debug) {
            e.printStackTrace(err);
        } else {
            // One line, whatever the message holds.
            err.println("skep: error: "
                    + (message == null ? e : message).toString().strip().replaceAll("\\s*\\R\\s*", " "));
        }
    }

    /** A file system exception's own message is often just the file's name. */
    private static String describe(IOException e) {
        return switch (e) {
            case NoSuchFileException file -> file.getFile() + ": no such file";
            case AccessDeniedException file -> file.getFile() + ": permission denied";
            case FileSystemException file when file.getReason() != null -> file.getFile() + ": " + file.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
