package dev.skep.cli.trace;

import dev.skep.cli.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The options of {@code skep trace}, and what a command line gives them.
 *
 * <p>Told to picocli by calls, not by annotations: to read those takes it longer than compiling a script takes us.
 */
final class TraceOptions {
    private final CommandSpec spec;

    private final OptionSpec version =
            flag("Say which version this is, and whose language it reads.", "-V", "--version");
    private final PositionalParamSpec words = PositionalParamSpec.builder()
            .arity("0..*")
            .paramLabel("FILE|ARG")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                    "The script's file, - for standard input, and what it gets as $1, $2 ...; with -e only the latter.")
            .build();
    private final OptionSpec program = text("PROGRAM", "The script itself.", "-e");
    private final OptionSpec list = flag(
            "List the probes that match a pattern, or that a script has; with -v their arguments.", "-l", "--list");
    private final OptionSpec process = text("PID", "Only this process; tracing ends when it does.", "-p", "--pid");
    private final OptionSpec command =
            text("COMMAND", "Start a command once all is attached; tracing ends when it does.", "-c", "--cmd");
    private final OptionSpec outputFile = text("FILE", "Write what the script prints to a file.", "-o", "--output");
    private final OptionSpec format = text("text|json", "How results are written.", "-f");
    private final OptionSpec buffering = text(
            "line|full|none",
            "When output is written: as it comes (line), when there is much (full), at once (none).",
            "-B");
    private final OptionSpec quiet = flag("Say nothing but what the script prints.", "-q", "--quiet");
    private final OptionSpec verbose =
            flag("Say more: what the kernel's verifier says of programs it refuses.", "-v", "--verbose");
    private final OptionSpec helperErrors = OptionSpec.builder("-k", "--warnings")
            .type(boolean[].class)
            .arity("0")
            .description("Tell when the script reads memory, or an element of a map, that is not there.")
            .build();
    private final OptionSpec information = flag("Say what the kernel has of what scripts can use.", "--info");
    private final OptionSpec unsafe = flag("Allow what can do harm: system(), signal(), override() ...", "--unsafe");
    private final OptionSpec formats = flag("Print the script in canonical form, in place of running it.", "--fmt");
    private final OptionSpec dryRun = flag("Attach everything, and end.", "--dry-run");
    private final RecordingOptions recording = new RecordingOptions();
    private final ExportOptions exports = new ExportOptions();
    private final OptionSpec emitted = text(
            "FILE",
            "Write the compiled script to a file, in place of running it: skep trace FILE runs it, here or on another machine.",
            "--emit");
    private final OptionSpec noWarnings = flag("Show no warnings.", "--no-warnings");
    private final OptionSpec includes =
            texts("FILE", "Read a C header before the script, as if it had an #include of it.", "--include");
    private final OptionSpec includeDirectories = texts("DIR", "Look for headers of --include there, too.", "-I");
    private final OptionSpec mode = text(
            "MODE",
            "test: run the probes test:NAME once each; bench: tell how long those of bench:NAME take; codegen: compile "
                    + "alone; format: as --fmt.",
            "--mode",
            "--test-mode");
    private final OptionSpec test = flag("As --mode test.", "--test");
    private final OptionSpec bench = flag("As --mode bench.", "--bench");
    private final OptionSpec probeFilter = text("REGEX", "Run only probes whose name matches.", "--probe-filter");
    private final OptionSpec stages = texts(
            "STAGE",
            "Show what becomes of the script: ast or parse, verifier, all; bpftrace's other stages have nothing to show here.",
            "-d");
    private final OptionSpec noFeatures =
            text("FEATURE,...", "Do without kprobe_multi, kprobe_session, uprobe_multi.", "--no-feature");
    private final OptionSpec traceable =
            text("FILE", "Refused: the kernel tells what can be traced.", "--traceable-functions");
    private final OptionSpec fileActivation = flag(
            "Accepted: the kernel counts the semaphores of a file's static probes anyway.", "--usdt-file-activation");
    private final OptionSpec accepted =
            texts("X", "Accepted: Skep finds debugging information and stacks without.", "--debuginfo", "--dwarf-pid");
    private final OptionSpec llvm = texts("FILE", "Refused: Skep has no LLVM.", "--emit-llvm", "--aot");
    private final OptionSpec checked =
            flag("Accepted: there is no LLVM to check, and types are always read.", "--verify-llvm-ir", "-b", "--btf");

    /**
     * @param runs what picocli calls when the options are read
     */
    TraceOptions(Callable<Integer> runs) {
        spec = CommandSpec.wrapWithoutInspection(runs).name("trace");
        spec.usageMessage()
                .description(
                        "Runs a script in the language of bpftrace on the running kernel, until it calls exit() or Ctrl-C; "
                                + "then its maps are printed.",
                        "Exit code: what the script gives exit(); 1 if it cannot be run.")
                .sortOptions(false)
                .footerHeading("%nExamples:%n")
                .footer(
                        "  skep trace -e 'tracepoint:syscalls:sys_enter_openat { printf(\"%%s %%s\\n\", comm, str(args.filename)); }'",
                        "  skep trace -e 'profile:hz:99 { @[kstack] = count(); }'",
                        "  skep trace -l 'tracepoint:sched:*'",
                        "  skep trace script.bt -f json")
                .synopsisHeading("USAGE:%n    ");
        spec.exitCodeOnInvalidInput(ExitCode.FAILED);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Show this help.")
                .build());
        spec.addPositional(words);
        List.of(
                        version,
                        program,
                        list,
                        process,
                        command,
                        outputFile,
                        format,
                        buffering,
                        quiet,
                        verbose,
                        helperErrors,
                        information,
                        unsafe,
                        formats,
                        dryRun,
                        emitted,
                        noWarnings,
                        includes,
                        includeDirectories,
                        mode,
                        test,
                        bench,
                        probeFilter,
                        stages,
                        noFeatures,
                        traceable,
                        fileActivation,
                        accepted,
                        llvm,
                        checked)
                .forEach(spec::addOption);
        recording.all().forEach(spec::addOption);
        exports.all().forEach(spec::addOption);
    }

    /** Where maps are shown while the script runs. */
    ExportOptions exports() {
        return exports;
    }

    /** What is recorded and replayed. */
    RecordingOptions recording() {
        return recording;
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build();
    }

    private static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static OptionSpec texts(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static boolean isGiven(OptionSpec option) {
        @Nullable Boolean given = option.getValue();
        return given != null && given;
    }

    private static Optional<String> textOf(OptionSpec option) {
        @Nullable String given = option.getValue();
        return Optional.ofNullable(given);
    }

    private static List<String> textsOf(OptionSpec option) {
        @Nullable List<String> given = option.getValue();
        return given == null ? List.of() : given;
    }

    CommandSpec spec() {
        return spec;
    }

    boolean asksForVersion() {
        return isGiven(version);
    }

    /** What is no option: a file and the script's arguments, or the latter alone. */
    List<String> words() {
        @Nullable List<String> given = words.getValue();
        return given == null ? List.of() : given;
    }

    /**
     * Looks at what the options say together.
     *
     * @throws TraceFailure if they contradict each other, or one has no such value
     */
    void check() {
        if (!List.of("text", "json").contains(format())) {
            throw new TraceFailure("Invalid output format \"" + format() + "\"\nValid formats: 'text', 'json'");
        }
        if (!List.of("line", "full", "none").contains(buffering())) {
            throw new TraceFailure("USAGE: -B must be either 'line', 'full', or 'none'.");
        }
        if (helperErrorsCount() > 1) {
            throw new TraceFailure(
                    "USAGE: -kk has been deprecated. Use a single -k for runtime warnings for errors in map "
                            + "lookups and probe reads.");
        }
        if (helperErrorsCount() > 0 && !warns()) {
            throw new TraceFailure("USAGE: -k, --warnings conflicts with --no-warnings");
        }
        if (!textsOf(llvm).isEmpty()) {
            throw new TraceFailure("--emit-llvm and --aot are not supported: Skep compiles without LLVM");
        }
        if (mode().equals("compiler-bench") || textOf(traceable).isPresent()) {
            throw new TraceFailure("--mode compiler-bench and --traceable-functions are not supported");
        }
        checkModes();
        exports.check(format(), outputFile().isPresent());
        if (recording.replay().isPresent() && (recording.records() || exports.isAskedFor())) {
            throw new TraceFailure(
                    "--replay goes with none of --record, --prometheus, --otlp and --live: a replay is over at once");
        }
        for (String feature : noFeatures()) {
            if (!List.of("kprobe_multi", "kprobe_session", "uprobe_multi").contains(feature)) {
                throw new TraceFailure(
                        "USAGE: --no-feature can only have values 'kprobe_multi,kprobe_session,uprobe_multi'.");
            }
        }
        for (String stage : stages()) {
            if (!DebugStages.NAMES.contains(stage)) {
                throw new TraceFailure("USAGE: invalid option for -d: " + stage);
            }
        }
    }

    private void checkModes() {
        Optional<String> named = textOf(mode);
        if (named.isPresent()
                && !List.of("codegen", "compiler-bench", "bench", "test", "format")
                        .contains(named.get())) {
            throw new TraceFailure(
                    "USAGE: --mode can only be 'codegen', 'compiler-bench', 'bench', 'test' or 'format'.");
        }
        int modes = named.isPresent() ? 1 : 0;
        for (OptionSpec option : List.of(test, bench, formats)) {
            if (isGiven(option) && modes++ > 0) {
                throw new TraceFailure("USAGE: " + option.longestName() + " conflicts with existing --mode");
            }
        }
    }

    Optional<String> program() {
        return textOf(program);
    }

    boolean lists() {
        return isGiven(list);
    }

    Optional<String> process() {
        return textOf(process);
    }

    /** The file that the compiled script is written to. */
    Optional<String> emitted() {
        return textOf(emitted);
    }

    Optional<String> command() {
        return textOf(command);
    }

    Optional<String> outputFile() {
        return textOf(outputFile);
    }

    String format() {
        return textOf(format).orElse("text");
    }

    String buffering() {
        return textOf(buffering).orElse("line");
    }

    boolean isQuiet() {
        return isGiven(quiet);
    }

    boolean isVerbose() {
        return isGiven(verbose);
    }

    boolean asksForHelperErrors() {
        return helperErrorsCount() > 0;
    }

    private int helperErrorsCount() {
        boolean @Nullable [] given = helperErrors.getValue();
        return given == null ? 0 : given.length;
    }

    boolean asksForInformation() {
        return isGiven(information);
    }

    /** What the kernel can do and is not asked to. */
    Set<String> noFeatures() {
        return textOf(noFeatures).map(all -> Set.of(all.split(","))).orElse(Set.of());
    }

    /** Headers to be read before the script. */
    List<String> includes() {
        return textsOf(includes);
    }

    List<String> includeDirectories() {
        return textsOf(includeDirectories);
    }

    /** The stages of compiling that are shown. */
    List<String> stages() {
        return textsOf(stages).stream()
                .flatMap(given -> Arrays.stream(given.split(",")))
                .filter(stage -> !stage.isEmpty())
                .toList();
    }

    Optional<String> probeFilter() {
        return textOf(probeFilter);
    }

    boolean isUnsafe() {
        return isGiven(unsafe);
    }

    boolean formats() {
        return mode().equals("format");
    }

    boolean isDryRun() {
        return isGiven(dryRun);
    }

    boolean warns() {
        return !isGiven(noWarnings);
    }

    /** {@code test}, {@code bench}, {@code codegen}, {@code compiler-bench}, {@code format}; {@code trace} if none is asked for. */
    String mode() {
        if (isGiven(test)) {
            return "test";
        }
        if (isGiven(bench)) {
            return "bench";
        }
        return isGiven(formats) ? "format" : textOf(mode).orElse("trace");
    }
}
