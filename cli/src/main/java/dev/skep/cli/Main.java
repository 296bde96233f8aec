package dev.skep.cli;

import dev.skep.cli.output.ByteWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * The {@code skep} command.
 *
 * <p>A subcommand is a class with picocli's {@code @Command} that implements {@code Callable<Integer>}, is listed in
 * {@link Commands}, prints to {@code spec.commandLine().getOut()} and returns one of {@link ExitCode}. Whatever it cannot do
 * it throws: {@link Failures} makes one line and an exit code of any exception.
 */
public final class Main {
    private Main() {}

    /** Runs the command as a process of its own. */
    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            System.out.println(Version.line()); // the fastest way to an answer: picocli is not even loaded
            return;
        }
        // Always UTF-8, and buffered: a disassembly or a table is thousands of small prints.
        StandardOutput results = new StandardOutput(FileDescriptor.out);
        PrintWriter err = writer(new FileOutputStream(FileDescriptor.err));
        int exitCode = run(writer(results), err, args);
        if (exitCode == ExitCode.OK && results.loss().isPresent()) {
            err.println("skep: error: <stdout>: " + results.loss().get());
            err.flush();
            exitCode = ExitCode.FAILED;
        }
        Runtime.getRuntime().halt(exitCode); // no exit(): it loads the logging of its own calls, and no hook is left
    }

    private static PrintWriter writer(OutputStream stream) {
        return new ByteWriter(stream);
    }

    /**
     * Runs the command inside this process.
     *
     * @param out where results go; flushed before this returns
     * @param err where errors and progress go; flushed before this returns
     * @param args the command line without {@code skep}
     * @return one of {@link ExitCode}
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Failures failures = new Failures(err, args);
        try {
            return Commands.line(args)
                    .setOut(out)
                    .setErr(err)
                    .setUsageHelpWidth(100)
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setParameterExceptionHandler((e, _) -> failures.usage(e))
                    .setExecutionExceptionHandler((e, _, _) -> failures.failed(e))
                    .execute(Commands.readable(args));
        } catch (Throwable e) { // picocli hands over exceptions only: this is a StackOverflowError or the like
            return failures.failed(e);
        } finally {
            out.flush();
            err.flush();
        }
    }
}
