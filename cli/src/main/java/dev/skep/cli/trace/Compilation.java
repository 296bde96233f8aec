package dev.skep.cli.trace;

import dev.skep.compiler.code.Target;
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
    private final Target target;
    private final boolean recorded;
    private final ErrorStream errors;

    /** For the kernel that runs here. */
    Compilation(TraceSystem system, ErrorStream errors) {
        this(system, KernelTarget.here(), false, errors);
    }

    /** @param target what the programs may use @param recorded whether they are to record what they see */
    Compilation(TraceSystem system, Target target, boolean recorded, ErrorStream errors) {
        this.system = system;
        this.target = target;
        this.recorded = recorded;
        this.errors = errors;
    }

    /** What the script is to run as; empty if it is wrong, which has been said then. */
    Optional<TracePlan> compile(
            SourceText source, List<String> arguments, boolean unsafe, OptionalInt pid, Settings settings) {
        Diagnostics diagnostics = new Diagnostics();
        Script script = Parser.parse(source, diagnostics);
        CheckOptions options = new CheckOptions(unsafe, pid, arguments, settings);
        Optional<TracePlan> plan = recorded
                ? TraceCompiler.compileToRecord(script, system, options, target, diagnostics)
                : TraceCompiler.compile(script, system, options, target, diagnostics);
        errors.show(diagnostics);
        return plan;
    }
}
