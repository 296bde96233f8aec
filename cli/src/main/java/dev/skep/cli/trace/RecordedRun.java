package dev.skep.cli.trace;

import dev.skep.cli.ExitCode;
import dev.skep.compiler.code.Target;
import dev.skep.replay.Replay;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Output;
import dev.skep.trace.record.Recording;
import dev.skep.trace.source.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Runs scripts over a recording. */
final class RecordedRun {
    private final Recording recording;
    private final ErrorStream errors;

    /** @throws dev.skep.object.InputException if the file is no recording */
    RecordedRun(Path file, ErrorStream errors) {
        if (!Files.isRegularFile(file)) {
            throw new TraceFailure("failed to open recording '" + file + "': No such file");
        }
        this.recording = Recording.read(file);
        this.errors = errors;
    }

    /** The script that was recorded. */
    SourceText source() {
        return new SourceText(recording.origin().name(), recording.origin().script());
    }

    /** What that was given. */
    List<String> arguments() {
        return recording.origin().arguments();
    }

    int run(SourceText source, List<String> arguments, boolean unsafe, Output output) {
        Replay replay = new Replay(recording);
        Optional<TracePlan> plan = new Compilation(replay.system(), Target.NEWEST, false, errors)
                .compile(
                        source,
                        new CheckOptions(
                                unsafe, OptionalInt.empty(), arguments, EnvironmentSettings.of(System.getenv())));
        if (plan.isEmpty()) {
            return ExitCode.FAILED;
        }
        Replay.Summary summary = replay.run(plan.get(), output, errors);
        tell(summary);
        return summary.exitCode();
    }

    private void tell(Replay.Summary summary) {
        if (summary.lost() > 0) {
            errors.warn("The recording lacks " + summary.lost() + " records that found no room when it was made");
        }
        if (!summary.missing().isEmpty()) {
            String what = summary.missing().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(each -> each.getKey() + " (" + each.getValue() + ")")
                    .collect(Collectors.joining(", "));
            errors.warn("Not in the recording, so that it failed: " + what);
        }
        if (summary.otherEvents() > 0) {
            errors.warn(summary.otherEvents() + " recorded events are of probes that the script does not have");
        }
        if (summary.events() == 0) {
            errors.warn("The recording has no event of the script's probes");
        }
    }
}
