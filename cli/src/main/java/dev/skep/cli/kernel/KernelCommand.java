package dev.skep.cli.kernel;

import dev.skep.cli.ExitCode;
import dev.skep.cli.machine.LinuxOnly;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that looks at, or changes, what is in the running kernel. */
public abstract class KernelCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public final Integer call() throws IOException {
        LinuxOnly.check();
        execute();
        return ExitCode.OK;
    }

    /** Does what the command is for. @throws IOException if a file cannot be read or written */
    protected abstract void execute() throws IOException;

    /** Where results go. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where remarks go that are no results. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** The command's positional words, to be read one after the other. */
    protected final Words words(List<String> words) {
        return new Words(spec.commandLine(), words);
    }
}
