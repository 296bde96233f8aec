package dev.skep.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code skep completion}. */
@Command(
        name = "completion",
        description = {
            "Prints a script that makes bash and zsh complete skep's commands and options.",
            "To use it: source <(skep completion)"
        },
        mixinStandardHelpOptions = true)
final class Completion implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine self = spec.commandLine();
        self.getOut().print(AutoComplete.bash("skep", self.getParent()));
        return ExitCode.OK;
    }
}
