package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.Set;

/** Whether a program may call a helper. */
public sealed interface HelperLookup {
    /** It may. */
    record Available(HelperPrototype prototype) implements HelperLookup {}

    /** No kernel has a helper of this number. */
    record Unknown(int number) implements HelperLookup {}

    /** A later kernel lets such a program call it. */
    record TooNew(HelperId id, KernelVersion since) implements HelperLookup {}

    /**
     * Programs of this kind may not call it in any kernel.
     *
     * @param allowed the types of programs that may, at least with some attach type; empty if the kernel has it for none
     */
    record NotForProgram(HelperId id, Set<ProgramType> allowed) implements HelperLookup {}

    /** Programs of this kind may call it, but not at what this one attaches to. The kernel: {@code helper call is not allowed in probe}. */
    record NotForTarget(HelperId id) implements HelperLookup {}
}
