package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is to be known of a kernel function (kfunc) beyond its BTF prototype, which does not have it: how it is registered
 * ({@code BTF_ID_FLAGS}, {@code register_btf_kfunc_id_set}).
 *
 * @param name as in C
 * @param programs the types of programs that may call it
 * @param attachTypes the expected attach types with which they may; empty for all
 * @param since the first kernel that has it
 */
public record KernelFunction(
        String name,
        Set<KernelFunctionFlag> flags,
        Set<ProgramType> programs,
        Set<AttachType> attachTypes,
        KernelVersion since) {
    public KernelFunction {
        flags = Set.copyOf(flags);
        programs = Set.copyOf(programs);
        attachTypes = Set.copyOf(attachTypes);
    }

    /** Whether it has this flag. */
    public boolean is(KernelFunctionFlag flag) {
        return flags.contains(flag);
    }

    /** Whether such a program may call it; programs that replace others may call what those may. */
    public boolean isFor(ProgramKind program) {
        return programs.contains(program.type())
                && (attachTypes.isEmpty() || attachTypes.contains(program.attachTypeOrDefault()));
    }

    static KernelFunction function(String name, String since, KernelFunctionFlag... flags) {
        return new KernelFunction(name, Set.of(flags), Set.of(), Set.of(), KernelVersion.of(since));
    }

    /** The same function, registered for programs of these types. */
    KernelFunction registeredFor(Set<ProgramType> types, AttachType... attached) {
        return new KernelFunction(name, flags, types, Set.of(attached), since);
    }

    /** Functions that are registered together. */
    static List<KernelFunction> registered(Set<ProgramType> types, KernelFunction... functions) {
        return Stream.of(functions)
                .map(function -> function.registeredFor(types))
                .toList();
    }
}
