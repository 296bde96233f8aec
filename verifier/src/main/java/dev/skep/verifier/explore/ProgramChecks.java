package dev.skep.verifier.explore;

import dev.skep.object.instruction.InstructionSet;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Requirement;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.Limits;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.program.ProgramCode;
import java.util.List;
import java.util.function.Function;

/** What holds for a program as a whole, before its code is looked at ({@code bpf_prog_load}). */
final class ProgramChecks {
    private ProgramChecks() {}

    static void check(ProgramCode code, KernelModel kernel, VerifierOptions options) {
        if (code.spec().type() == ProgramType.UNSPEC) {
            throw new Refusal(
                    Cause.POLICY,
                    "the section '" + code.spec().section() + "' does not say what type of program this is");
        }
        checkLength(code, kernel.limits(), options);
        if (ProgramKind.of(code.spec()).sleepable() && !maySleep(ProgramKind.of(code.spec()))) {
            throw new Refusal(
                    Cause.SLEEPING,
                    "Only fentry/fexit/fmod_ret, lsm, iter, uprobe, and struct_ops programs can be sleepable");
        }
        EarlyReturns.check(code);
        for (int slot = 0; slot < code.slotCount(); slot++) {
            if (code.startsAt(slot) && !isKnown(code, slot)) {
                throw new Refusal(
                        Cause.INVALID_INSTRUCTION,
                        "unknown opcode %02x".formatted(code.at(slot).opcode()));
            }
        }
        checkAge(code, kernel);
    }

    /** {@code can_be_sleepable}. */
    private static boolean maySleep(ProgramKind kind) {
        return switch (kind.type()) {
            case LSM, KPROBE, STRUCT_OPS, SYSCALL -> true;
            case TRACING ->
                switch (kind.attachTypeOrDefault()) {
                    case TRACE_FENTRY, TRACE_FEXIT, MODIFY_RETURN, TRACE_ITER, TRACE_FSESSION -> true;
                    default -> false;
                };
            default -> false;
        };
    }

    private static boolean isKnown(ProgramCode code, int slot) {
        return InstructionSet.check(code.at(slot))
                .filter(problem -> problem.startsWith("unknown opcode"))
                .isEmpty();
    }

    /** Instructions are looked at whether or not a path comes there, as their opcodes are. */
    private static void checkAge(ProgramCode code, KernelModel kernel) {
        refuseTooNew(
                ProgramRequirements.of(code),
                kernel,
                need -> need.instruction() == Requirement.WHOLE_PROGRAM
                        ? ""
                        : "unknown opcode %02x"
                                .formatted(code.at(need.instruction()).opcode()));
    }

    /** @param words what the kernel says that does not have it */
    static void refuseTooNew(List<Requirement> needs, KernelModel kernel, Function<Requirement, String> words) {
        needs.stream()
                .filter(need -> need.since().compareTo(kernel.version()) > 0)
                .findFirst()
                .ifPresent(need -> {
                    throw Refusal.tooNew(need, kernel.version(), words.apply(need));
                });
    }

    private static void checkLength(ProgramCode code, Limits limits, VerifierOptions options) {
        int most = options.has(Capability.BPF) ? limits.instructions() : limits.unprivilegedInstructions();
        if (code.slotCount() == 0 || code.slotCount() > most) {
            throw new Refusal(
                    Cause.TOO_COMPLEX, "a program has 1 to " + most + " instructions, this one " + code.slotCount());
        }
        if (code.functions().size() > limits.functions()) {
            throw new Refusal(Cause.TOO_COMPLEX, "too many subprograms");
        }
    }
}
