package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.ProgramType;
import java.util.Set;

/**
 * What is to be known of a kernel function beyond its BTF prototype: how it is registered ({@code BTF_ID_FLAGS},
 * {@code register_btf_kfunc_id_set}).
 *
 * @param name as in C
 * @param programs the types of programs it is registered for; holds UNSPEC if for all
 * @param since the first kernel that has it
 */
public record KernelFunction(
        String name, Set<KernelFunctionFlag> flags, Set<ProgramType> programs, KernelVersion since) {
    public KernelFunction {
        flags = Set.copyOf(flags);
        programs = Set.copyOf(programs);
    }

    /** Whether it has this flag. */
    public boolean is(KernelFunctionFlag flag) {
        return flags.contains(flag);
    }
}
