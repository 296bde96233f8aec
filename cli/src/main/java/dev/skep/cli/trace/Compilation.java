package dev.skep.cli.trace;

import dev.skep.compiler.code.Target;
import dev.skep.object.KernelVersion;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.code.TraceCompiler;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.portable.PortableScript;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.tree.Script;
import java.util.Optional;
import java.util.function.BiFunction;

/** Makes a script what can be run on this machine. */
final class Compilation {
    /** The oldest kernel whose loops can have as many rounds as they like. */
    private static final Target PORTABLE = Target.of(new KernelVersion(5, 17));

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
    Optional<TracePlan> compile(SourceText source, CheckOptions options) {
        return compile(
                source,
                (script, diagnostics) -> recorded
                        ? TraceCompiler.compileToRecord(script, system, options, target, diagnostics)
                        : TraceCompiler.compile(script, system, options, target, diagnostics));
    }

    /** The same for other machines. */
    Optional<PortableScript> compilePortable(SourceText source, CheckOptions options) {
        return compile(
                source,
                (script, diagnostics) -> TraceCompiler.compilePortable(script, system, options, PORTABLE, diagnostics));
    }

    private <T> Optional<T> compile(SourceText source, BiFunction<Script, Diagnostics, Optional<T>> compiler) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<T> compiled = compiler.apply(Parser.parse(source, diagnostics), diagnostics);
        errors.show(diagnostics);
        return compiled;
    }
}
