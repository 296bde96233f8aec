package dev.skep.cli.verify;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.output.Terminal;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.report.TerminalReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep explain}. */
@Command(
        name = "explain",
        description = {
            "Explains a rejection from the log that a kernel's verifier wrote, of any Linux since 5.4, also with what libbpf, "
                    + "bpftool or dmesg print around it.",
            "With --object, in the words and lines of that object's source. Exit code 1 if the log tells of a rejection, 0 if not, "
                    + "2 if it is no verifier's log."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep explain < log.txt",
            "  skep explain log.txt --object firewall.o",
            "  bpftool prog load firewall.o /sys/fs/bpf/firewall 2>&1 | skep explain --object firewall.o"
        })
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "LOG",
            defaultValue = "-",
            description = "The file with the log; - for standard input, which is the default.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String file;

    @Option(names = "--object", paramLabel = "FILE", description = "The object that was loaded.")
    private @Nullable String object;

    @Option(
            names = "--program",
            paramLabel = "NAME",
            description = "The program the log is about, if the object has several and the log does not tell.")
    private @Nullable String program;

    @Option(names = "--json", description = "Print a JSON object for each program, on a line of its own.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the whole path.")
    private boolean verbose;

    @Override
    public Integer call() throws IOException {
        InputFile input = new InputFile(file);
        LogInput logs = new LogInput(Optional.ofNullable(object), Optional.ofNullable(program));
        boolean rejected = false;
        for (ProgramVerdict verdict : logs.verdicts(input, input.read())) {
            print(input, verdict);
            rejected |= !verdict.isAccepted();
        }
        return rejected ? ExitCode.FAILED : ExitCode.OK;
    }

    private void print(InputFile input, ProgramVerdict verdict) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new VerdictJson(out).print(object == null ? input.shownName() : object, verdict, Optional.empty());
        } else {
            out.print(new TerminalReport(Terminal.colours(), verbose).of(verdict));
        }
        out.flush();
    }
}
