package dev.skep.engine.counterexample;

import dev.skep.object.host.Errno;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A run that proves a rejection right: it goes wrong at the rejected instruction. The rejection's path leads there. */
final class RejectionGoal implements Goal {
    /** Causes that are about what may happen in a run. All others are about what a program may be. */
    static final Set<Cause> SHOWN_BY_A_RUN = EnumSet.of(
            Cause.PACKET_BOUNDS,
            Cause.MAP_VALUE_BOUNDS,
            Cause.MEMORY_BOUNDS,
            Cause.NULLABLE_POINTER,
            Cause.SCALAR_AS_POINTER,
            Cause.LENGTH_ARGUMENT,
            Cause.HELPER_ARGUMENT,
            Cause.STACK_ACCESS,
            Cause.STACK_SIZE,
            Cause.MISALIGNED_ACCESS,
            Cause.CONTEXT_ACCESS,
            Cause.READ_ONLY_MEMORY,
            Cause.POINTER_ARITHMETIC,
            Cause.REFERENCE,
            Cause.UNBOUNDED_LOOP,
            Cause.TOO_COMPLEX);

    private final Cause cause;
    private final int slot;
    /** Whether the path begins where a run does. */
    private final boolean whole;

    private final boolean spoilsPointer;
    private final boolean leaves;
    private final List<Turn> path;

    /** A conditional jump and how it goes on the path. */
    private record Turn(int slot, boolean taken) {}

    private RejectionGoal(Rejection rejection, ProgramImage image) {
        cause = rejection.cause();
        slot = rejection.place().instruction();
        List<Step> steps = rejection.path().steps();
        whole = rejection.path().omitted() == 0
                && !steps.isEmpty()
                && steps.getFirst().place().instruction() == 0;
        Optional<Instruction> instruction = image.instructions().startsAt(slot)
                ? Optional.of(image.instructions().at(slot))
                : Optional.empty();
        spoilsPointer = instruction.filter(RejectionGoal::isArithmetic).isPresent();
        leaves = instruction.filter(it -> it.opcode() == Opcode.EXIT).isPresent();
        path = steps.stream()
                .filter(step ->
                        step.branch() != Step.Branch.NONE && step.instruction().contains("if "))
                .map(step -> new Turn(step.place().instruction(), step.branch() == Step.Branch.TAKEN))
                .toList();
    }

    /** The goal for a rejection that {@link #canBeShown}. @param image the program's code */
    static RejectionGoal of(Rejection rejection, ProgramImage image) {
        return new RejectionGoal(rejection, image);
    }

    /** An instruction that does no harm itself, but may make a pointer that goes wrong when it is used. */
    private static boolean isArithmetic(Instruction instruction) {
        return switch (instruction.instructionClass()) {
            case Opcode.BPF_ALU, Opcode.BPF_ALU64 -> true;
            default -> false;
        };
    }

    /** Whether a run could show it at all. */
    static boolean canBeShown(Rejection rejection) {
        return SHOWN_BY_A_RUN.contains(rejection.cause())
                && rejection.place().slot().isPresent();
    }

    /** Whether the program could be ended at the rejected instruction: leaving it never is. */
    boolean canBeMet() {
        return isEndlessRun() || !leaves;
    }

    /** Whether what is wrong is that a run does not end. */
    boolean isEndlessRun() {
        return cause == Cause.UNBOUNDED_LOOP || cause == Cause.TOO_COMPLEX;
    }

    @Override
    public boolean isMet(Trial trial) {
        return trial.trap()
                .filter(trap -> isEndlessRun() == (trap.errno() == Errno.ETIME))
                .filter(trap -> isEndlessRun()
                        || trap.where().instruction() == slot
                        || (spoilsPointer && trap.where().instruction() > slot && isFollowed(trial.seen())))
                .isPresent();
    }

    /** Of a path whose start is not known, the branches it has in common with the run anywhere. */
    @Override
    public int agreement(Observation seen) {
        if (!whole) {
            return path.size() - missing(seen).size();
        }
        List<Observation.Branch> branches = seen.branches();
        int agreed = 0;
        while (agreed < path.size() && agreed < branches.size() && goesAs(branches.get(agreed), path.get(agreed))) {
            agreed++;
        }
        return agreed;
    }

    /** Whether it took all of them. */
    private boolean isFollowed(Observation seen) {
        return agreement(seen) == path.size();
    }

    @Override
    public OptionalInt firstWrongTurn(Observation seen) {
        List<Observation.Branch> branches = seen.branches();
        if (whole) {
            int agreed = agreement(seen);
            return agreed < path.size() && agreed < branches.size() ? OptionalInt.of(agreed) : OptionalInt.empty();
        }
        for (Turn turn : missing(seen)) {
            for (int i = branches.size() - 1; i >= 0; i--) {
                if (branches.get(i).slot() == turn.slot()) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    private List<Turn> missing(Observation seen) {
        Set<Turn> taken = new HashSet<>();
        seen.branches().forEach(branch -> taken.add(new Turn(branch.slot(), branch.taken())));
        List<Turn> missing = new ArrayList<>();
        for (Turn turn : path) {
            if (!taken.contains(turn)) {
                missing.add(turn);
            }
        }
        return missing;
    }

    private static boolean goesAs(Observation.Branch branch, Turn turn) {
        return branch.slot() == turn.slot() && branch.taken() == turn.taken();
    }
}
