package dev.skep.cli.trace;

import dev.skep.cli.ExitCode;
import dev.skep.cli.Version;
import dev.skep.cli.machine.LinuxOnly;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.system.SystemCalls;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.portable.PortableScript;
import dev.skep.trace.print.JsonOutput;
import dev.skep.trace.print.Output;
import dev.skep.trace.print.QuietOutput;
import dev.skep.trace.print.TextOutput;
import dev.skep.trace.run.AttachException;
import dev.skep.trace.run.TraceHost;
import dev.skep.trace.run.Tracer;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Formatter;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.tree.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** {@code skep trace}. */
public final class TraceCommand implements Callable<Integer> {
    /** The exit code where a probe cannot be attached that is there, as bpftrace's. */
    private static final int NOT_ATTACHED = 255;

    private final TraceOptions options = new TraceOptions(this);
    private final EndRequest ending = new EndRequest();

    private TraceCommand() {}

    /** The command with its options. */
    public static CommandLine line() {
        return new CommandLine(new TraceCommand().options.spec());
    }

    /** Does beside the command's first steps what it will wait for. Called when it is sure to run. */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("skep-system-calls").start(SystemCalls::prepare);
    }

    private PrintWriter out() {
        return options.spec().commandLine().getOut();
    }

    @Override
    public Integer call() throws IOException {
        if (options.asksForVersion()) {
            out().println("bpftrace v0.27.1 (the language, by " + Version.line() + ")");
            return ExitCode.OK;
        }
        if (options.recording().replay().isEmpty()) {
            LinuxOnly.check();
        }
        ending.begin();
        OwnName.take("skep");
        ErrorStream errors = new ErrorStream(options.spec().commandLine().getErr(), options.warns());
        try {
            return execute(errors);
        } catch (AttachException e) {
            errors.error(String.valueOf(e.getMessage()));
            return NOT_ATTACHED;
        } catch (TraceFailure | InputException e) {
            errors.error(String.valueOf(e.getMessage()));
        } catch (HostException e) {
            errors.error(
                    options.isVerbose() || DebugStages.showVerifier(options.stages())
                            ? Refusals.withLog(e)
                            : String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            errors.error(
                    e.getMessage() + ": " + Objects.requireNonNull(e.getCause()).getMessage());
        }
        return ExitCode.FAILED;
    }

    private int execute(ErrorStream errors) throws IOException {
        options.check();
        if (options.asksForInformation()) {
            new SystemInformation(out()).print();
            return ExitCode.OK;
        }
        options.process().ifPresent(TracedProcess::number);
        if (options.recording().replay().isPresent()) {
            return replay(options.recording().replay().get(), errors);
        }
        try (LinuxHost host = LinuxHost.open()) {
            KernelSystem system = new KernelSystem(host, options.noFeatures());
            if (options.lists()
                    && options.program().isEmpty()
                    && options.words().stream().noneMatch(TraceCommand::isFile)) {
                return list(system, errors);
            }
            try (ProcessChoice process = ProcessChoice.of(options.process(), options.command())) {
                return execute(host, system, process, errors);
            }
        }
    }

    private int execute(LinuxHost host, KernelSystem system, ProcessChoice process, ErrorStream errors)
            throws IOException {
        Optional<Path> compiled = compiled();
        if (compiled.isPresent()) {
            if (options.recording().records()) {
                throw new TraceFailure("--record wants the script itself, not what --emit has made of it");
            }
            TracePlan plan = PortableFiles.read(compiled.get(), system.tracepoints());
            SourceText none = new SourceText(compiled.get().toString(), "");
            return start(plan, none, host, system, process, errors);
        }
        SourceText source = source();
        if (options.formats()) {
            return format(source, errors);
        }
        DebugStages.show(options.stages(), source, options.spec().commandLine().getErr(), errors);
        CheckOptions given = new CheckOptions(
                options.isUnsafe(),
                process.pid(),
                process.child(),
                arguments(),
                EnvironmentSettings.of(System.getenv()),
                options.asksForHelperErrors());
        Compilation compilation = new Compilation(
                options.recording().noting(system),
                KernelTarget.here(),
                options.recording().records(),
                errors);
        if (options.emitted().isPresent()) {
            return emit(
                    compilation.compilePortable(source, given),
                    options.emitted().get());
        }
        Optional<TracePlan> plan = compilation.compile(source, given).map(this::filtered);
        return plan.isPresent() ? start(plan.get(), source, host, system, process, errors) : ExitCode.FAILED;
    }

    /** Without the tests and benchmarks whose names {@code --probe-filter} does not want. */
    private TracePlan filtered(TracePlan plan) {
        return options.probeFilter()
                .map(Pattern::compile)
                .map(wanted -> plan.with(plan.probes().stream()
                        .filter(probe -> wanted.matcher(probe.name()).find())
                        .toList()))
                .orElse(plan);
    }

    private int start(
            TracePlan plan,
            SourceText source,
            LinuxHost host,
            KernelSystem system,
            ProcessChoice process,
            ErrorStream errors)
            throws IOException {
        if (options.lists()) {
            return list(plan);
        }
        if (options.mode().equals("codegen")) {
            return ExitCode.OK;
        }
        ending.await();
        return run(plan, source, host, system, process, errors);
    }

    /** The file, if it is no script but what {@code --emit} has made of one. */
    private Optional<Path> compiled() throws IOException {
        if (options.program().isPresent() || options.words().isEmpty()) {
            return Optional.empty();
        }
        Path file = Path.of(options.words().getFirst());
        return PortableFiles.isCompiled(file) ? Optional.of(file) : Optional.empty();
    }

    private int emit(Optional<PortableScript> script, String file) throws IOException {
        if (script.isEmpty()) {
            return ExitCode.FAILED;
        }
        Files.write(Path.of(file), script.get().write());
        return ExitCode.OK;
    }

    private static boolean isFile(String word) {
        return word.equals("-") || Files.isRegularFile(Path.of(word));
    }

    private int list(KernelSystem system, ErrorStream errors) {
        String pattern = options.words().isEmpty() ? "*" : options.words().getFirst();
        if (pattern.contains(".") && !pattern.contains(":") && !pattern.contains("*")) {
            errors.warn("It appears that '" + pattern + "' is a filename but the file does not exist. Treating '"
                    + pattern + "' as a search pattern.");
        }
        OptionalInt only = options.process()
                .map(pid -> OptionalInt.of(TracedProcess.running(pid).pid()))
                .orElse(OptionalInt.empty());
        new ProbeListing(system, only, options.isVerbose(), out(), errors).list(pattern);
        return ExitCode.OK; // also if there are none, as bpftrace
    }

    private int list(TracePlan plan) {
        plan.probes().forEach(probe -> probe.names().forEach(out()::println));
        return ExitCode.OK;
    }

    private int format(SourceText source, ErrorStream errors) {
        Diagnostics diagnostics = new Diagnostics();
        Script script = Parser.parse(source, diagnostics);
        errors.show(diagnostics);
        if (diagnostics.hasErrors()) {
            return ExitCode.FAILED;
        }
        out().print(Formatter.format(script));
        return ExitCode.OK;
    }

    private SourceText source() throws IOException {
        if (options.program().isPresent()) {
            return new SourceText("stdin", included() + options.program().get());
        }
        List<String> words = options.words();
        if (words.isEmpty()) {
            throw new TraceFailure("USAGE: filename or -e 'program' required.");
        }
        String file = words.getFirst();
        if (file.equals("-")) {
            return new SourceText("stdin", included() + new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        }
        if (!Files.exists(Path.of(file))) {
            throw new TraceFailure("failed to open file '" + file + "': No such file or directory");
        }
        return new SourceText(file, included() + Files.readString(Path.of(file)));
    }

    /** What the headers of {@code --include} say; of those that are no files here, that they are included. */
    private String included() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String header : options.includes()) {
            Optional<Path> file = Stream.concat(Stream.of(""), options.includeDirectories().stream())
                    .map(directory -> Path.of(directory, header))
                    .filter(Files::isRegularFile)
                    .findFirst();
            text.append(file.isPresent() ? Files.readString(file.get()) : "#include <" + header + ">")
                    .append('\n');
        }
        return text.toString();
    }

    /** What the script gets as {@code $1} ... */
    private List<String> arguments() {
        List<String> words = options.words();
        return options.program().isPresent() || words.isEmpty() ? words : words.subList(1, words.size());
    }

    private int run(
            TracePlan plan,
            SourceText source,
            LinuxHost host,
            KernelSystem system,
            ProcessChoice process,
            ErrorStream errors)
            throws IOException {
        KernelNames names = new KernelNames(plan.settings().demangle(), TracedFiles.of(plan));
        try (OutputStream stream = outputStream();
                Exports exports = options.exports().start(stream);
                Output output = output(exports.stream());
                KernelTraceHost kernel = new KernelTraceHost(host, system.machine(), names, process.onlyPid());
                RecordingOptions recording = options.recording()) {
            TraceHost where = recording.recording(kernel, source, arguments());
            return new Tracer(plan, where, output, errors, mode())
                    .watchedBy(exports)
                    .run(process::letGo, () -> ending.isAsked() || process.hasEnded(), ending::isAsked);
        }
    }

    private int replay(Path file, ErrorStream errors) throws IOException {
        RecordedRun run = new RecordedRun(file, errors);
        boolean recorded = options.program().isEmpty() && options.words().isEmpty();
        try (OutputStream stream = outputStream();
                Output output = output(stream)) {
            return recorded
                    ? run.run(run.source(), run.arguments(), options.isUnsafe(), output)
                    : run.run(source(), arguments(), options.isUnsafe(), output);
        }
    }

    private Tracer.Mode mode() {
        if (options.isDryRun()) {
            return Tracer.Mode.ATTACH_ONLY;
        }
        return switch (options.mode()) {
            case "bench" -> Tracer.Mode.BENCHMARK;
            case "test" -> Tracer.Mode.TEST;
            default -> Tracer.Mode.TRACE;
        };
    }

    private OutputStream outputStream() throws IOException {
        return options.outputFile().isPresent()
                ? Files.newOutputStream(Path.of(options.outputFile().get()))
                : WriterStream.to(out());
    }

    private Output output(OutputStream stream) {
        Output.Buffering when = Output.Buffering.valueOf(options.buffering().toUpperCase(Locale.ROOT));
        Output output = options.format().equals("json") ? new JsonOutput(stream, when) : new TextOutput(stream, when);
        return options.isQuiet() ? new QuietOutput(output) : output;
    }
}
