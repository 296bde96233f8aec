package dev.skep.verifier.kernel;

import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Set;

/**
 * How a helper is called by some programs: {@code struct bpf_func_proto}.
 *
 * @param arguments 0 to 5, from {@code r1} on
 */
public record HelperPrototype(HelperId id, List<ArgumentType> arguments, ReturnType returns, Set<HelperTrait> traits) {
    public HelperPrototype {
        arguments = List.copyOf(arguments);
        traits = traits.isEmpty() ? Set.of() : Set.copyOf(traits);
    }

    /** What who loads the program that calls it must have; nothing for most. */
    public Set<Capability> needed() {
        if (is(HelperTrait.NEEDS_CAP_PERFMON)) {
            return Set.of(Capability.BPF, Capability.PERFMON);
        }
        return is(HelperTrait.NEEDS_CAP_BPF) ? Set.of(Capability.BPF) : Set.of();
    }

    /** Whether it has this trait. */
    public boolean is(HelperTrait trait) {
        return traits.contains(trait);
    }
}
