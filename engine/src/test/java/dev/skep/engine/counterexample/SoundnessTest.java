package dev.skep.engine.counterexample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the verifier accepts does not go wrong with any of the inputs that are tried on rejected programs. */
class SoundnessTest {
    private static final int RUNS = 40;
    private static final long BUDGET = 20_000;

    /** Any end but an exit and a used-up budget; nobody says where. */
    private static final class AnyTrap implements Goal {
        @Override
        public boolean isMet(Trial trial) {
            return trial.trap().filter(trap -> trap.errno() != Errno.ETIME).isPresent();
        }

        @Override
        public int agreement(Observation seen) {
            return seen.branches().size();
        }

        @Override
        public OptionalInt firstWrongTurn(Observation seen) {
            int jumps = seen.branches().size();
            return jumps == 0 ? OptionalInt.empty() : OptionalInt.of(jumps - 1);
        }
    }

    private static Optional<Trial> search(BpfObject object, ProgramSpec program) {
        LoneProgram alone = LoneProgram.of(object, program, Optional.empty());
        ContextFields fields = ContextFields.of(program, CorpusPrograms.KERNEL);
        try (TestBench bench = new TestBench(alone.object(), CorpusPrograms.KERNEL.version(), fields, BUDGET)) {
            CodeConstants constants = new CodeConstants(alone.image());
            RunInput blank = bench.blankInput();
            return new Search(bench, new AnyTrap(), constants, RUNS)
                    .from(new FirstInputs(blank, bench.withEntries(blank), fields).all(constants.lengths()));
        }
    }

    @Test
    void acceptedProgramsOfTheCorpusNeverGoWrong() {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (CorpusPrograms.Entry entry : CorpusPrograms.all()) {
            if (entry.verdict().isAccepted()
                    && !CounterexampleSearch.readsKernelObjects(entry.program().type())) {
                try {
                    search(entry.object(), entry.program())
                            .ifPresent(trial -> wrong.add(entry + ": " + trial.trap() + " with " + trial.input()));
                    tried++;
                } catch (InputException | HostException theEngineHasNoSuchHelper) {
                    assertThat(theEngineHasNoSuchHelper.getMessage()).isNotBlank();
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(250);
    }
}
