package dev.skep.cli.trace;

import java.util.List;
import java.util.Optional;
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
    private final OptionSpec program = text("-e", "PROGRAM", "The script itself.");
    private final OptionSpec list =
            flag("List the probes that match a pattern, or that a script has; with -v their arguments.", "-l");
    private final OptionSpec process = text("-p", "PID", "Only this process; tracing ends when it does.");
    private final OptionSpec command =
            text("-c", "COMMAND", "Start a command once all is attached; tracing ends when it does.");
    private final OptionSpec outputFile = text("-o", "FILE", "Write what the script prints to a file.");
    private final OptionSpec format = text("-f", "text|json", "How results are written.");
    private final OptionSpec buffering = text(
            "-B",
            "line|full|none",
            "When output is written: as it comes (line), when there is much (full), at once (none).");
    private final OptionSpec quiet = flag("Say nothing but what the script prints.", "-q");
    private final OptionSpec verbose = flag("Say more: what the kernel's verifier says of programs it refuses.", "-v");
    private final OptionSpec helperErrors =
            flag("Accepted for scripts that have it; failures of helpers are not told.", "-k");
    private final OptionSpec unsafe = flag("Allow what can do harm: system(), signal(), override() ...", "--unsafe");
    private final OptionSpec formats = flag("Print the script in canonical form, in place of running it.", "--fmt");
    private final OptionSpec dryRun = flag("Attach everything, and end.", "--dry-run");
    private final OptionSpec noWarnings = flag("Show no warnings.", "--no-warnings");
    private final OptionSpec testMode = text(
            "--test-mode",
            "test|bench",
            "Run the probes test:NAME once each, or tell how long those of bench:NAME take.");

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
                        "  skep trace script.bt -f json");
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
                        unsafe,
                        formats,
                        dryRun,
                        noWarnings,
                        testMode)
                .forEach(spec::addOption);
    }

    private static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build();
    }

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
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

    Optional<String> program() {
        return textOf(program);
    }

    boolean lists() {
        return isGiven(list);
    }

    Optional<String> process() {
        return textOf(process);
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
        return isGiven(helperErrors);
    }

    boolean isUnsafe() {
        return isGiven(unsafe);
    }

    boolean formats() {
        return isGiven(formats);
    }

    boolean isDryRun() {
        return isGiven(dryRun);
    }

    boolean warns() {
        return !isGiven(noWarnings);
    }

    Optional<String> testMode() {
        return textOf(testMode);
    }
}
