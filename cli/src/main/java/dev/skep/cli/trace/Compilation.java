package dev.skep.cli.trace;

import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.code.TraceCompiler;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.tree.Script;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a script what can be run on this machine. */
final class Compilation {
    private final TraceSystem system;
    private final ErrorStream errors;

    Compilation(TraceSystem system, ErrorStream errors) {
        this.system = system;
        this.errors = errors;
    }

    /** What the script is to run as; empty if it is wrong, which has been said then. */
    Optional<TracePlan> compile(
            SourceText source, List<String> arguments, boolean unsafe, OptionalInt pid, Settings settings) {
        Diagnostics diagnostics = new Diagnostics();
        Script script = Parser.parse(source, diagnostics);
        CheckOptions options = new CheckOptions(unsafe, pid, arguments, settings);
        Optional<TracePlan> plan = TraceCompiler.compile(script, system, options, KernelTarget.here(), diagnostics);
        errors.show(diagnostics);
        return plan;
    }
}
