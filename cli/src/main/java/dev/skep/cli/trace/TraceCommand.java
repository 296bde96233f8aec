package dev.skep.cli.trace;

import dev.skep.cli.ExitCode;
import dev.skep.cli.Version;
import dev.skep.cli.machine.LinuxOnly;
import dev.skep.linux.LinuxHost;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.JsonOutput;
import dev.skep.trace.print.Output;
import dev.skep.trace.print.TextOutput;
import dev.skep.trace.run.AttachException;
import dev.skep.trace.run.Tracer;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Formatter;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.tree.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code skep trace}. */
@Command(
        name = "trace",
        description = {
            "Runs a script in the language of bpftrace on the running kernel, until it calls exit() or Ctrl-C; then its maps are "
                    + "printed.",
            "Exit code: what the script gives exit(); 1 if it cannot be run."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep trace -e 'tracepoint:syscalls:sys_enter_openat { printf(\"%%s %%s\\n\", comm, str(args.filename)); }'",
            "  skep trace -e 'profile:hz:99 { @[kstack] = count(); }'",
            "  skep trace -l 'tracepoint:sched:*'",
            "  skep trace script.bt -f json"
        })
public final class TraceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            description = "Say which version this is, and whose language it reads.")
    private boolean version;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|ARG",
            description =
                    "The script's file, - for standard input, and what it gets as $1, $2 ...; with -e only the latter.")
    private List<String> words = List.of();

    @Option(names = "-e", paramLabel = "PROGRAM", description = "The script itself.")
    private @Nullable String program;

    @Option(
            names = "-l",
            description = "List the probes that match a pattern, or that a script has; with -v their arguments.")
    private boolean list;

    @Option(names = "-p", paramLabel = "PID", description = "Only this process; tracing ends when it does.")
    private @Nullable String pid;

    @Option(
            names = "-c",
            paramLabel = "COMMAND",
            description = "Start a command once all is attached; tracing ends when it does.")
    private @Nullable String command;

    @Option(names = "-o", paramLabel = "FILE", description = "Write what the script prints to a file.")
    private @Nullable String outputFile;

    @Option(names = "-f", paramLabel = "text|json", defaultValue = "text", description = "How results are written.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String format;

    @Option(
            names = "-B",
            paramLabel = "line|full|none",
            defaultValue = "line",
            description = "When output is written: as it comes (line), when there is much (full), at once (none).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String buffering;

    @Option(names = "-q", description = "Say nothing but what the script prints.")
    private boolean quiet;

    @Option(names = "-v", description = "Say more: what the kernel's verifier says of programs it refuses.")
    private boolean verbose;

    @Option(names = "-k", description = "Accepted for scripts that have it; failures of helpers are not told.")
    private boolean helperErrors;

    @Option(names = "--unsafe", description = "Allow what can do harm: system(), signal(), override() ...")
    private boolean unsafe;

    @Option(names = "--fmt", description = "Print the script in canonical form, in place of running it.")
    private boolean formats;

    @Option(names = "--dry-run", description = "Attach everything, and end.")
    private boolean dryRun;

    @Option(names = "--no-warnings", description = "Show no warnings.")
    private boolean noWarnings;

    @Option(
            names = {"--test-mode"},
            paramLabel = "test|bench",
            description = "Run the probes test:NAME once each, or tell how long those of bench:NAME take.")
    private @Nullable String testMode;

    private final EndRequest ending = new EndRequest();

    @Override
    public Integer call() throws IOException {
        if (version) {
            spec.commandLine().getOut().println("bpftrace v0.26 language, by " + Version.line());
            return ExitCode.OK;
        }
        LinuxOnly.check();
        ending.listen();
        ErrorStream errors = new ErrorStream(spec.commandLine().getErr(), !noWarnings);
        try {
            return execute(errors);
        } catch (TraceFailure | InputException e) {
            errors.error(String.valueOf(e.getMessage()));
        } catch (AttachException e) {
            errors.error(String.valueOf(e.getMessage()));
        } catch (HostException e) {
            errors.error(verbose ? Refusals.withLog(e) : String.valueOf(e.getMessage()));
        }
        return ExitCode.FAILED;
    }

    private int execute(ErrorStream errors) throws IOException {
        check(errors);
        try (LinuxHost host = LinuxHost.open()) {
            KernelSystem system = new KernelSystem(host);
            if (list && program == null && words.stream().noneMatch(TraceCommand::isFile)) {
                return list(system, errors);
            }
            SourceText source = source();
            if (formats) {
                return format(source, errors);
            }
            try (ProcessChoice process = ProcessChoice.of(pid, command)) {
                Compilation compilation = new Compilation(system, errors);
                Optional<TracePlan> plan = compilation.compile(
                        source, arguments(), unsafe, process.pid(), EnvironmentSettings.of(System.getenv()));
                if (plan.isEmpty()) {
                    return ExitCode.FAILED;
                }
                if (list) {
                    return list(plan.get());
                }
                return run(plan.get(), host, system, process, errors);
            }
        }
    }

    private void check(ErrorStream errors) {
        if (helperErrors) {
            errors.warn("-k is not supported: failures of helpers are not told");
        }
        if (!List.of("text", "json").contains(format)) {
            throw new TraceFailure("Invalid output format \"" + format + "\"\nValid formats: 'text', 'json'");
        }
        if (!List.of("line", "full", "none").contains(buffering)) {
            throw new TraceFailure("USAGE: -B must be either 'line', 'full', or 'none'.");
        }
    }

    private static boolean isFile(String word) {
        return word.equals("-") || Files.isRegularFile(Path.of(word));
    }

    private int list(KernelSystem system, ErrorStream errors) {
        String pattern = words.isEmpty() ? "*" : words.getFirst();
        if (pattern.endsWith(".bt")) {
            errors.warn("It appears that '" + pattern + "' is a filename but the file does not exist. Treating '"
                    + pattern + "' as a search pattern.");
        }
        OptionalInt only = pid == null
                ? OptionalInt.empty()
                : OptionalInt.of(TracedProcess.running(pid).pid());
        PrintWriter out = spec.commandLine().getOut();
        boolean found = new ProbeListing(system, only, verbose, out).list(pattern);
        return found ? ExitCode.OK : ExitCode.FAILED;
    }

    private int list(TracePlan plan) {
        plan.probes().forEach(probe -> spec.commandLine().getOut().println(probe.name()));
        return ExitCode.OK;
    }

    private int format(SourceText source, ErrorStream errors) {
        Diagnostics diagnostics = new Diagnostics();
        Script script = Parser.parse(source, diagnostics);
        errors.show(diagnostics);
        if (diagnostics.hasErrors()) {
            return ExitCode.FAILED;
        }
        spec.commandLine().getOut().print(Formatter.format(script));
        return ExitCode.OK;
    }

    private SourceText source() throws IOException {
        if (program != null) {
            return new SourceText("stdin", program);
        }
        if (words.isEmpty()) {
            throw new TraceFailure("USAGE: give a script: skep trace FILE, or skep trace -e PROGRAM");
        }
        String file = words.getFirst();
        if (file.equals("-")) {
            return new SourceText("stdin", new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        }
        if (!Files.exists(Path.of(file))) {
            throw new TraceFailure("failed to open file '" + file + "': No such file or directory");
        }
        return new SourceText(file, Files.readString(Path.of(file)));
    }

    /** What the script gets as {@code $1} ... */
    private List<String> arguments() {
        return program != null || words.isEmpty() ? words : words.subList(1, words.size());
    }

    private int run(TracePlan plan, LinuxHost host, KernelSystem system, ProcessChoice process, ErrorStream errors)
            throws IOException {
        KernelNames names = new KernelNames();
        try (OutputStream stream = outputStream();
                Output output = quiet ? new QuietOutput(output(stream)) : output(stream);
                KernelTraceHost kernel = new KernelTraceHost(host, system.machine(), names, process.onlyPid())) {
            return new Tracer(plan, kernel, output, errors, mode())
                    .run(process::letGo, () -> ending.isAsked() || process.hasEnded());
        }
    }

    private Tracer.Mode mode() {
        if (dryRun) {
            return Tracer.Mode.ATTACH_ONLY;
        }
        return testMode == null
                ? Tracer.Mode.TRACE
                : testMode.equals("bench") ? Tracer.Mode.BENCHMARK : Tracer.Mode.TEST;
    }

    private OutputStream outputStream() throws IOException {
        return outputFile == null
                ? new WriterStream(spec.commandLine().getOut())
                : Files.newOutputStream(Path.of(outputFile));
    }

    private Output output(OutputStream stream) {
        Output.Buffering when = Output.Buffering.valueOf(buffering.toUpperCase(Locale.ROOT));
        return format.equals("json") ? new JsonOutput(stream, when) : new TextOutput(stream, when);
    }
}
