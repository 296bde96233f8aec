package dev.skep.trace.code;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.code.CodeGenerationException;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.check.CheckedScript;
import dev.skep.trace.check.Checker;
import dev.skep.trace.check.Structures;
import dev.skep.trace.check.TypedProgram;
import dev.skep.trace.plan.Action;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.portable.PortableScript;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.source.Span;
import dev.skep.trace.syntax.Imports;
import dev.skep.trace.syntax.Preprocessor;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.tree.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Compiles scripts.
 *
 * <pre>{@code
 * Diagnostics diagnostics = new Diagnostics();
 * Script script = Parser.parse(source, diagnostics);
 * Optional<TracePlan> plan = TraceCompiler.compile(script, system, CheckOptions.DEFAULTS, Target.NEWEST, diagnostics);
 * }</pre>
 */
public final class TraceCompiler {
    private TraceCompiler() {}

    /**
     * Checks a script and makes its programs.
     *
     * @param system the machine whose probes and types it is for
     * @param target the kernel that has to take the programs
     * @param diagnostics takes what is found; nothing is compiled if it has errors already, or if errors are found
     * @return empty if there are errors
     */
    public static Optional<TracePlan> compile(
            Script script, TraceSystem system, CheckOptions options, Target target, Diagnostics diagnostics) {
        return compile(script, system, options, target, Purpose.RUN, diagnostics);
    }

    /** The same, for programs that also record what they see, as {@link dev.skep.trace.plan.RecordLayout} says. */
    public static Optional<TracePlan> compileToRecord(
            Script script, TraceSystem system, CheckOptions options, Target target, Diagnostics diagnostics) {
        return compile(script, system, options, target, Purpose.RECORD, diagnostics);
    }

    /**
     * The same for other machines than the system: programs find out where they are loaded where the members of the kernel's structures
     * are (CO-RE), and use nothing but what all kernels from the target's on have.
     */
    public static Optional<PortableScript> compilePortable(
            Script script, TraceSystem system, CheckOptions options, Target target, Diagnostics diagnostics) {
        return compile(script, new PortableSystem(system), options, target, Purpose.CARRY, diagnostics)
                .map(plan -> new PortableScript(plan, formats(plan, system)));
    }

    private static List<Tracepoints.Format> formats(TracePlan plan, TraceSystem system) {
        return plan.probes().stream()
                .map(PlannedProbe::target)
                .filter(ProbeTarget.Tracepoint.class::isInstance)
                .map(ProbeTarget.Tracepoint.class::cast)
                .distinct()
                .flatMap(point -> system.tracepoints().format(point.category(), point.event()).stream())
                .toList();
    }

    private static Optional<TracePlan> compile(
            Script script,
            TraceSystem system,
            CheckOptions options,
            Target target,
            Purpose purpose,
            Diagnostics diagnostics) {
        if (diagnostics.hasErrors()) {
            return Optional.empty();
        }
        Script whole = Imports.resolve(script, diagnostics);
        if (diagnostics.hasErrors()) {
            return Optional.empty();
        }
        Preprocessor.Preprocessed preprocessed = Preprocessor.run(
                whole,
                system.types().available() ? Map.of("BPFTRACE_HAVE_BTF", "1") : Map.of(),
                Structures.layouts(system),
                diagnostics);
        CheckedScript checked =
                new Checker(system, options, diagnostics).check(preprocessed.script(), preprocessed.definitions());
        if (diagnostics.hasErrors()) {
            return Optional.empty();
        }
        Unit unit = new Unit(checked, system, purpose, target.kernel(), options.tellsFailures());
        List<Function> programs = new ArrayList<>();
        for (TypedProgram program : checked.programs()) {
            try {
                programs.add(ProgramCode.function(unit, program, programs.size()));
            } catch (Unsupported refused) {
                diagnostics.error(refused.span(), String.valueOf(refused.getMessage()));
            }
        }
        return diagnostics.hasErrors()
                ? Optional.empty()
                : generate(script.source(), unit, programs, target, diagnostics);
    }

    private static Optional<TracePlan> generate(
            SourceText source, Unit unit, List<Function> programs, Target target, Diagnostics diagnostics) {
        List<Function> functions = new ArrayList<>(programs);
        functions.addAll(unit.functions());
        CompilationUnit compiled = new CompilationUnit(
                "trace",
                functions,
                unit.declarations(),
                unit.globals().sections(),
                List.of(),
                List.of(),
                unit.script().settings().license(),
                Map.of(source.name(), lines(source)));
        try {
            return Optional.of(plan(unit, programs, Compiler.compile(compiled, target)));
        } catch (InputException refused) {
            diagnostics.error(new Span(source, 0, 0), String.valueOf(refused.getMessage()));
            return Optional.empty();
        } catch (CodeGenerationException refused) {
            diagnostics.error(
                    new Span(source, 0, 0), refused.function().name() + ": " + refused.problem(), refused.advice());
            return Optional.empty();
        }
    }

    private static List<String> lines(SourceText source) {
        return IntStream.rangeClosed(1, source.lines())
                .mapToObj(source::lineText)
                .toList();
    }

    private static TracePlan plan(Unit unit, List<Function> programs, BpfObject object) {
        CheckedScript script = unit.script();
        List<PlannedProbe> probes = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            TypedProgram program = script.programs().get(i);
            probes.add(new PlannedProbe(
                    program.attachment().name(),
                    programs.get(i).name(),
                    program.attachment().target()));
        }
        return new TracePlan(
                object,
                probes,
                unit.plannedMaps(),
                unit.actions(),
                unit.actions().isEmpty() ? "" : Unit.EVENTS,
                unit.isGated() ? Globals.GATE : "",
                Globals.START,
                Globals.LOSSES,
                unit.actions().contains(new Action.Exit()) ? Globals.EXIT : "",
                unit.failures(),
                unit.failures().isEmpty() ? "" : Globals.FAILED,
                new TypeCollection(script.structures()).of(unit),
                script.settings());
    }
}
