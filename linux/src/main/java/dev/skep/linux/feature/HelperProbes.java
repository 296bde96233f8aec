package dev.skep.linux.feature;

import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which helpers a type of program may call: a call without arguments, loaded. The verifier first looks whether there is such a
 * helper for such a program, then at the arguments, and its log tells how far it got.
 */
final class HelperProbes {
    /** Programs of these types are judged together with what they attach to, before any helper. */
    private static final Set<ProgramType> NEEDING_TARGET =
            EnumSet.of(ProgramType.TRACING, ProgramType.LSM, ProgramType.EXT, ProgramType.STRUCT_OPS);

    /** The verifier's words in kernel/bpf/verifier.c (check_helper_call), old and new. */
    private static final String[] REFUSALS = {
        "unknown func ", "invalid func ", "program of this type cannot use helper "
    };

    private HelperProbes() {}

    static boolean canAsk(ProgramType type) {
        return type != ProgramType.UNSPEC && !NEEDING_TARGET.contains(type);
    }

    static Support support(ProgramType type, HelperId helper) {
        if (!canAsk(type)) {
            return new Support.Unknown("the kernel looks at the target of such a program before its helpers");
        }
        ProbeProgram calling = new ProbeProgram(
                type, Instructions.of(ProbeProgram.call(helper.number()), ProbeProgram.exit()), (_, _) -> {});
        Answer answer = ProgramTypeProbes.requirementsOf(calling).tryToLoadWithLog();
        if (answer.succeeded()) {
            return Support.AVAILABLE;
        }
        if (Stream.of(REFUSALS).anyMatch(answer.log()::contains)) {
            return new Support.Missing("the verifier knows no such helper for this type of program");
        }
        return answer.log().isEmpty() ? answer.refusal() : Support.AVAILABLE;
    }
}
