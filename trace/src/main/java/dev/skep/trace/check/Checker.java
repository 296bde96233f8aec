package dev.skep.trace.check;

import dev.skep.trace.cdefinition.CDefinitions;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.tree.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Goes through a script with all passes, one after the other. */
public final class Checker {
    /** Widening a type can only go on for so long: numbers have four sizes, and each round settles a map or variable more. */
    private static final int MOST_ROUNDS = 64;

    private final TraceSystem system;
    private final CheckOptions options;
    private final Diagnostics diagnostics;

    /** For a machine. @param diagnostics takes what is found */
    public Checker(TraceSystem system, CheckOptions options, Diagnostics diagnostics) {
        this.system = system;
        this.options = options;
        this.diagnostics = diagnostics;
    }

    /** What the script means; of use only if no errors were found. @param definitions of the script's preamble */
    public CheckedScript check(Script script, CDefinitions definitions) {
        ConfigReader config = new ConfigReader(diagnostics);
        Settings settings = config.read(script, options.settings());
        new UnstableFeatures(config.features(), diagnostics).check(script);
        Parameters parameters = new Parameters(options.parameters(), diagnostics);
        Macros macros = new Macros(script, diagnostics);
        StandardMacros standard = new StandardMacros(settings, options.child());
        MissingProbes missing = new MissingProbes(settings, diagnostics);
        ProbeExpansion expansion = new ProbeExpansion(
                system, options.pid(), options.allowUnsafe(), parameters.positional(), diagnostics, missing);
        BranchVariables branchVariables = new BranchVariables(diagnostics);
        Report report = new Report(diagnostics);
        MapTable maps = new MapTable(report);
        MapDeclarations declarations = new MapDeclarations(maps, diagnostics);
        List<TypedProgram> programs = new ArrayList<>();
        List<TypedFunction> functions = new ArrayList<>();
        UnaryOperator<Script.Item> expand =
                item -> branchVariables.item(parameters.item(standard.item(macros.item(item))));
        for (Script.Item item : script.items()) {
            switch (item) {
                case Script.Probe probe -> {
                    programs.addAll(programs((Script.Probe) expand.apply(probe), expansion, missing));
                }
                case Script.MapDeclaration declaration ->
                    declarations.declare((Script.MapDeclaration) parameters.item(declaration));
                case Script.Function function -> {
                    diagnostics.warning(function.span(), "Functions can not be called yet; write a macro");
                    functions.add(new TypedFunction((Script.Function) expand.apply(function)));
                }
                default -> {
                    // Directives and definitions have been read, settings and macros have been.
                }
            }
        }
        limit(programs, settings);
        OwnNames.check(programs, diagnostics);
        if (programs.isEmpty() && !diagnostics.hasErrors()) {
            script.items().stream()
                    .filter(Script.Probe.class::isInstance)
                    .findFirst()
                    .ifPresent(probe -> diagnostics.error(probe.span(), "No probes to attach"));
        }
        Structures structures = new Structures(system, definitions, traced(programs));
        int rounds = 0;
        Function<TypedProgram, TypingContext> contexts = program -> new TypingContext(
                program, new Scopes(), maps, structures, settings, system, options.allowUnsafe(), report);
        do {
            type(programs, functions, contexts);
        } while ((maps.takeChanged() || maps.defineRead()) && ++rounds < MOST_ROUNDS);
        type(programs, functions, contexts);
        report.settle();
        type(programs, functions, contexts);
        declarations.checkUse();
        return new CheckedScript(programs, maps.shapes(settings.maxMapKeys()), structures, settings);
    }

    private static List<String> traced(List<TypedProgram> programs) {
        return programs.stream()
                .map(program -> program.attachment().target())
                .filter(ProbeTarget.Uprobe.class::isInstance)
                .map(target -> ((ProbeTarget.Uprobe) target).binary())
                .distinct()
                .toList();
    }

    private void limit(List<TypedProgram> programs, Settings settings) {
        int probes = programs.size(); // what is attached together is one
        if (probes > settings.maxProbes()) {
            diagnostics.error(
                    programs.getLast().attachment().source().span(),
                    "Can't attach to " + probes + " probes because it exceeds the current limit of "
                            + settings.maxProbes() + " probes.",
                    "Set max_probes (BPFTRACE_MAX_PROBES) higher if that is meant; so many probes can slow down the whole machine");
        }
        if (programs.size() > settings.maxPrograms()) {
            diagnostics.error(
                    programs.getLast().attachment().source().span(),
                    "Your program is trying to generate more than " + settings.maxPrograms()
                            + " BPF programs, which exceeds the current limit of " + settings.maxPrograms(),
                    "You can increase the limit through the BPFTRACE_MAX_BPF_PROGS environment variable.");
        }
    }

    private List<TypedProgram> programs(Script.Probe probe, ProbeExpansion expansion, MissingProbes missing) {
        List<TypedProgram> programs = probe.attachPoints().stream()
                .flatMap(point -> expansion.expand(point).stream())
                .map(attachment -> new TypedProgram(attachment, probe))
                .toList();
        if (programs.isEmpty() && !diagnostics.hasErrors()) {
            missing.reportWhole(probe.attachPoints().getFirst().span());
        }
        return programs;
    }

    private static void type(
            List<TypedProgram> programs,
            List<TypedFunction> functions,
            Function<TypedProgram, TypingContext> contexts) {
        programs.forEach(program -> new StatementTyping(contexts.apply(program)).probe());
        functions.forEach(function -> new StatementTyping(contexts.apply(function.program())).function(function));
    }
}
