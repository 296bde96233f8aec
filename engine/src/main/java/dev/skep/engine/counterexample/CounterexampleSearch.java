package dev.skep.engine.counterexample;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.host.HostException;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Counterexample;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.kernel.KernelModel;
import java.util.List;
import java.util.Optional;

/**
 * Looks for an input with which a rejected program really goes wrong, by running it in checked mode with one input after the other: at
 * most 1,000 of them, or four million conditional jumps. What is found has happened; that nothing is found proves nothing. The same
 * program gives the same answer each time.
 */
public final class CounterexampleSearch {
    private static final long BUDGET = 100_000;
    /** As many instructions as the kernel's verifier is ready to follow. */
    private static final long ENDLESS_BUDGET = 1_000_000;

    private static final int MOST_RUNS = 1_000;
    /** Instructions loaded for all runs together: what bounds the time if the program is long. */
    private static final int MOST_LOADED = 4_000_000;

    private CounterexampleSearch() {}

    /** The verdict with a counterexample, if it is a rejection and one is found; the same verdict otherwise. */
    public static ProgramVerdict extend(ProgramVerdict verdict, BpfObject object, KernelModel kernel) {
        if (!(verdict instanceof ProgramVerdict.Rejected rejected)) {
            return verdict;
        }
        return object.program(rejected.program())
                .flatMap(program -> find(object, program, rejected.rejection(), kernel))
                .<ProgramVerdict>map(example -> new ProgramVerdict.Rejected(
                        rejected.program(), rejected.rejection().withCounterexample(example), rejected.statistics()))
                .orElse(verdict);
    }

    /**
     * An input that makes a program go wrong where the verifier says it may.
     *
     * @param program of {@code object}
     * @param rejection the verifier's
     * @param kernel what it was verified for
     * @return empty if none was found, if the rejection is not about what happens in a run, or if the engine cannot run the program
     */
    public static Optional<Counterexample> find(
            BpfObject object, ProgramSpec program, Rejection rejection, KernelModel kernel) {
        if (!RejectionGoal.canBeShown(rejection) || readsKernelObjects(program.type())) {
            return Optional.empty();
        }
        try {
            return search(LoneProgram.of(object, program, kernel.types()), rejection, kernel);
        } catch (InputException | HostException cannotBeRun) {
            return Optional.empty();
        }
    }

    /** Types whose arguments are objects of the kernel, which the engine does not have. */
    static boolean readsKernelObjects(ProgramType type) {
        return switch (type) {
            case TRACING, LSM, STRUCT_OPS, EXT, NETFILTER, UNSPEC -> true;
            default -> false;
        };
    }

    private static Optional<Counterexample> search(LoneProgram program, Rejection rejection, KernelModel kernel) {
        ProgramImage image = program.image();
        RejectionGoal goal = RejectionGoal.of(rejection, image);
        if (!goal.canBeMet()) {
            return Optional.empty();
        }
        CodeConstants constants = new CodeConstants(image);
        ContextFields fields = ContextFields.of(image.spec(), kernel);
        long budget = goal.isEndlessRun() ? ENDLESS_BUDGET : BUDGET;
        Optional<Trial> found;
        RunInput blank;
        try (TestBench bench = new TestBench(program.object(), kernel.version(), fields, budget)) {
            blank = bench.blankInput();
            List<RunInput> first = new FirstInputs(blank, bench.withEntries(blank), fields).all(constants.lengths());
            found = new Search(bench, goal, constants, mostRuns(image))
                    .from(first)
                    .map(trial -> new Reduction(bench, goal, bench.blankInput(), trial).reduced());
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (TestBench fresh = new TestBench(program.object(), kernel.version(), fields, budget)) {
            return fresh.run(found.get().input())
                    .filter(goal::isMet)
                    .map(new Findings(program.object(), image, blank, fields.packet())::of);
        }
    }

    private static int mostRuns(ProgramImage image) {
        return Math.min(
                MOST_RUNS, MOST_LOADED / Math.max(1, image.instructions().slotCount()));
    }
}
