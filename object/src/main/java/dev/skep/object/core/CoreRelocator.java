package dev.skep.object.core;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.FunctionSpec.CoreSite;
import dev.skep.object.program.ProgramSpec;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Applies CO-RE relocations by the rules of libbpf 1.6 ({@code relo_core.c}).
 *
 * <p>Not safe for use by several threads at once: it remembers what it has found.
 */
public final class CoreRelocator {
    private final TypeSpace program;
    private final CandidateSearch search;
    private final OutcomeReports reports;
    /** Functions that share what is learned about candidates, in that order. */
    private final List<FunctionSpec> inOrder;

    private final Map<FunctionSpec, List<Resolution>> resolved = new IdentityHashMap<>();

    private CoreRelocator(
            String source,
            Btf local,
            List<CoreTarget> targets,
            Supplier<List<CoreTarget>> modules,
            List<FunctionSpec> inOrder) {
        this.program = TypeSpace.ofProgram(local);
        this.search = new CandidateSearch(targets, modules);
        this.reports = new OutcomeReports(source, program, search);
        this.inOrder = List.copyOf(inOrder);
    }

    /**
     * A relocator that treats each function on its own.
     *
     * @param local the types of the object
     * @param targets where to look for counterparts: first the kernel, then its modules, which are asked only if the kernel
     *     has no type of that name. With no target at all nothing is found
     */
    public CoreRelocator(Btf local, List<CoreTarget> targets) {
        this("", local, targets, List::of, List.of());
    }

    /**
     * A relocator for the functions of {@code object}, which treats them in their order as libbpf does: where several types
     * of the target have the wanted name, what one access rules out stays ruled out for those after it. Programs that are not
     * loaded by default come last.
     */
    public static CoreRelocator of(BpfObject object, List<CoreTarget> targets) {
        return of(object, targets, List::of);
    }

    /**
     * The same, with modules that are looked for only if the first target has no type of some name.
     *
     * @param modules asked at most once
     */
    public static CoreRelocator of(BpfObject object, List<CoreTarget> targets, Supplier<List<CoreTarget>> modules) {
        return new CoreRelocator(object.name(), object.btf(), targets, modules, libbpfOrder(object));
    }

    private static List<FunctionSpec> libbpfOrder(BpfObject object) {
        var later = object.programs().stream()
                .filter(spec -> !spec.autoload())
                .map(ProgramSpec::function)
                .collect(Collectors.toSet());
        List<FunctionSpec> order = new ArrayList<>();
        for (int i = 0; i < object.functions().size(); i++) {
            if (!later.contains(i)) {
                order.add(object.functions().get(i));
            }
        }
        later.stream().sorted().map(object.functions()::get).forEach(order::add);
        return order;
    }

    /**
     * The function's instructions fitted to the targets. Relocations for which nothing was found either yield 0 or poison
     * their instruction; {@link #outcomes} says which and why.
     *
     * @throws InputException if a relocation is ambiguous, or code, types and relocations disagree
     */
    public Instructions relocate(FunctionSpec function) {
        PatchedCode code = new PatchedCode(function.instructions());
        List<Resolution> resolutions = resolutions(function);
        for (int i = 0; i < resolutions.size(); i++) {
            CoreSite site = function.coreRelocations().get(i);
            try {
                code.apply(site.slot(), patch(resolutions.get(i)));
            } catch (CoreFailure failure) {
                CoreOutcome.Invalid outcome = reports.invalid(function, site, resolutions.get(i), failure);
                throw new InputException(
                        outcome.where(),
                        "CO-RE relocation " + outcome.subject() + ": " + outcome.problem(),
                        outcome.advice());
            }
        }
        return code.toInstructions();
    }

    private static Patch patch(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Decided decided -> decided.patch();
            case Resolution.Ambiguous ambiguous -> throw ambiguous.failure();
            case Resolution.Refused refused -> throw refused.failure();
        };
    }

    /**
     * What becomes of each relocation of the function, in the order of {@link FunctionSpec#coreRelocations()}. Unlike
     * {@link #relocate} it goes on after an ambiguous or invalid one, which leaves its instruction as it was.
     */
    public List<CoreOutcome> outcomes(FunctionSpec function) {
        PatchedCode code = new PatchedCode(function.instructions());
        List<Resolution> resolutions = resolutions(function);
        List<CoreOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < resolutions.size(); i++) {
            CoreSite site = function.coreRelocations().get(i);
            outcomes.add(reports.apply(function, site, resolutions.get(i), code));
        }
        return List.copyOf(outcomes);
    }

    private List<Resolution> resolutions(FunctionSpec function) {
        if (resolved.isEmpty()) {
            Resolver shared = new Resolver(program, search);
            inOrder.forEach(each -> resolved.put(each, resolveAll(each, shared)));
        }
        return resolved.computeIfAbsent(function, alone -> resolveAll(alone, new Resolver(program, search)));
    }

    private static List<Resolution> resolveAll(FunctionSpec function, Resolver resolver) {
        return function.coreRelocations().stream()
                .map(site -> resolver.resolve(site.relocation()))
                .toList();
    }
}
