package dev.skep.replay;

import dev.skep.compiler.code.Target;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.code.TraceCompiler;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Output;
import dev.skep.trace.print.TextOutput;
import dev.skep.trace.record.Recording;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Parser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A run of a tracing script over a recording, in the embedded engine: for tests, on any machine and without privileges.
 *
 * <pre>{@code
 * ScriptResult result = ScriptRun.of("tracepoint:sched:sched_switch { @[args.prev_comm] = count(); }")
 *         .over(Path.of("switches.rec"));
 * assertEquals(List.of("@[bash]: 2"), result.lines());
 * }</pre>
 *
 * @param source the script
 * @param arguments what it gets as {@code $1} ...
 * @param settings what the environment would set
 */
public record ScriptRun(SourceText source, List<String> arguments, Settings settings) {
    public ScriptRun {
        arguments = List.copyOf(arguments);
    }

    /** A script given as text. */
    public static ScriptRun of(String script) {
        return new ScriptRun(new SourceText("script", script), List.of(), Settings.DEFAULTS);
    }

    /** A script in a file. @throws UncheckedIOException if it cannot be read */
    public static ScriptRun of(Path script) {
        try {
            return new ScriptRun(
                    new SourceText(script.toString(), Files.readString(script)), List.of(), Settings.DEFAULTS);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + script, e);
        }
    }

    /** With arguments. */
    public ScriptRun withArguments(String... newArguments) {
        return new ScriptRun(source, List.of(newArguments), settings);
    }

    /** With other settings. */
    public ScriptRun withSettings(Settings newSettings) {
        return new ScriptRun(source, arguments, newSettings);
    }

    /** Runs it over the recording in a file. @throws dev.skep.object.InputException if that is none, or damaged */
    public ScriptResult over(Path recording) {
        return over(Recording.read(recording));
    }

    /**
     * Runs it over a recording.
     *
     * @throws IllegalArgumentException if the script is wrong, or has probes that the recording does not know: the message has the
     *     places
     */
    public ScriptResult over(Recording recording) {
        Replay replay = new Replay(recording);
        Diagnostics diagnostics = new Diagnostics();
        CheckOptions options = new CheckOptions(false, OptionalInt.empty(), arguments, settings);
        TracePlan plan = TraceCompiler.compile(
                        Parser.parse(source, diagnostics), replay.system(), options, Target.NEWEST, diagnostics)
                .orElseThrow(() -> new IllegalArgumentException(diagnostics.render()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        KeptComplaints complaints = new KeptComplaints();
        Replay.Summary summary;
        MapsKept maps;
        try (Output text = new TextOutput(bytes, Output.Buffering.FULL)) {
            maps = new MapsKept(text);
            summary = replay.run(plan, maps, complaints);
        }
        return new ScriptResult(bytes.toString(StandardCharsets.UTF_8), maps.maps(), complaints.messages(), summary);
    }
}
