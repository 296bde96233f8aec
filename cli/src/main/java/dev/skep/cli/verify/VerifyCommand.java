package dev.skep.cli.verify;

import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.output.OutputFile;
import dev.skep.cli.output.Terminal;
import dev.skep.cli.program.ProgramFile;
import dev.skep.compiler.code.Target;
import dev.skep.engine.counterexample.CounterexampleSearch;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.program.ProgramSpec;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.report.HtmlReport;
import dev.skep.verifier.report.KernelLogText;
import dev.skep.verifier.report.TerminalReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep verify}. */
@Command(
        name = "verify",
        description = {
            "Proves programs safe as the Linux kernel does, without loading them, and explains what it rejects: the line to "
                    + "change, how it came to it, and what to do.",
            "Verifies for the running kernel where its types can be read, else for the newest known; --kernel names another.",
            "Standard input may also be the log of a kernel that refused a program: then that is explained, as by skep explain.",
            "Exit code 1 if a program is rejected, 2 if an object or option is wrong."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep verify firewall.o",
            "  skep verify --kernel 5.15 *.o",
            "  skep verify --html report.html --program ingress firewall.o",
            "  skep verify --json *.o | jq 'select(.verdict == \"rejected\") | .message'",
            "  bpftool prog load firewall.o /sys/fs/bpf/firewall 2>&1 | skep verify - --object firewall.o"
        })
public final class VerifyCommand implements Callable<Integer> {
    /** So many changed programs are verified to find fixes of a rejected one. */
    private static final int REPAIRS = 16;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "The object files; - for an object, or a kernel's log, on standard input.")
    private List<String> files = List.of();

    @Mixin
    private final KernelChoice kernel = new KernelChoice();

    @Option(
            names = "--program",
            paramLabel = "NAME",
            description = "Verify this program only; may be given several times.")
    private List<String> programs = List.of();

    @Option(names = "--object", paramLabel = "FILE", description = "The object that a log on standard input is about.")
    private @Nullable String loaded;

    @Option(names = "--strict-alignment", description = "As on machines that cannot access memory at odd addresses.")
    private boolean strictAlignment;

    @Mixin
    private final LoaderChoice loader = new LoaderChoice();

    @Option(names = "--log", description = "Print what the kernel's log would say, for tools that read that.")
    private boolean log;

    @Option(names = "--json", description = "Print a JSON object for each program, on a line of its own.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with everything, to step through in a browser; needs no network.")
    private @Nullable String html;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print whole paths, and what each function and loop took.")
    private boolean verbose;

    /** Whether a report stands above, and whether it was of an accepted program: one line, which the next may follow directly. */
    private boolean printed;

    private boolean compact;

    @Override
    public Integer call() throws IOException {
        if (log && json) {
            throw new ParameterException(spec.commandLine(), "--log and --json exclude each other");
        }
        KernelModel model = kernel.model();
        VerifierOptions options = VerifierOptions.DEFAULT
                .withStrictAlignment(strictAlignment)
                .withCapabilities(loader.capabilities())
                .withRepairs(log ? 0 : REPAIRS)
                .withExactOldestKernel(!log);
        List<HtmlReport.Entry> entries = new ArrayList<>();
        int worst = ExitCode.OK;
        for (String file : files) {
            worst = Math.max(worst, verify(new InputFile(file), model, options, entries));
        }
        if (html != null) {
            try (OutputStream out = OutputFile.open(html, spec.commandLine().getOut())) {
                out.write(HtmlReport.of(entries).getBytes(StandardCharsets.UTF_8));
            }
        }
        return worst;
    }

    private int verify(InputFile file, KernelModel model, VerifierOptions options, List<HtmlReport.Entry> entries)
            throws IOException {
        Iterator<ProgramVerdict> verdicts;
        try {
            verdicts = verdicts(file, model, options);
        } catch (InputException | IOException e) {
            if (files.size() == 1) {
                throw e;
            }
            spec.commandLine().getErr().println("skep: error: " + e.getMessage());
            return ExitCode.BAD_INPUT;
        }
        int worst = ExitCode.OK;
        while (verdicts.hasNext()) {
            ProgramVerdict verdict = verdicts.next();
            print(file, verdict);
            entries.add(new HtmlReport.Entry(file.shownName(), verdict));
            worst = Math.max(worst, verdict.isAccepted() ? ExitCode.OK : ExitCode.FAILED);
        }
        return worst;
    }

    /** One for each program, found when it is asked for. */
    private Iterator<ProgramVerdict> verdicts(InputFile file, KernelModel model, VerifierOptions options)
            throws IOException {
        byte[] content = file.read();
        if (file.isStandardInput() && LogInput.isText(content)) {
            LogInput logs =
                    new LogInput(Optional.ofNullable(loaded), programs.stream().findFirst());
            return logs.verdicts(file, content).iterator();
        }
        BpfObject object = ProgramFile.read(file, content, Target.of(model.version()));
        return wanted(file, object).stream()
                .map(program -> Verifier.verify(object, program, model, options))
                .map(verdict -> CounterexampleSearch.extend(verdict, object, model))
                .iterator();
    }

    private List<ProgramSpec> wanted(InputFile file, BpfObject object) {
        if (programs.isEmpty()) {
            return object.programs();
        }
        List<ProgramSpec> wanted = object.programs().stream()
                .filter(program -> programs.contains(program.name()))
                .toList();
        if (wanted.isEmpty()) {
            throw new InputException(
                    Location.in(file.shownName()),
                    "there is no program '" + String.join("', '", programs) + "'",
                    "there are: "
                            + object.programs().stream().map(ProgramSpec::name).collect(Collectors.joining(", ")));
        }
        return wanted;
    }

    private void print(InputFile file, ProgramVerdict verdict) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new VerdictJson(out).print(file.shownName(), verdict, CounterexampleCommand.of(file, verdict));
        } else if (log) {
            out.print(KernelLogText.of(verdict));
        } else {
            if (printed && !(compact && verdict.isAccepted())) {
                out.println();
            }
            printed = true;
            compact = verdict.isAccepted();
            out.print(new TerminalReport(Terminal.colours(), verbose).of(verdict));
            CounterexampleCommand.of(file, verdict).ifPresent(command -> out.println("try: " + command));
        }
        out.flush();
    }
}
