package dev.skep.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.IntegrityChecker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizerTest {
    private static final int FUNCTIONS = 100;
    private static final long[] ARGUMENTS = {0, 1, -1, 7, 0x8000_0000L, 0x1234_5678_9abc_def0L, Long.MIN_VALUE};

    @Test
    void aFunctionComputesTheSameAfterAllPasses() {
        for (int seed = 0; seed < FUNCTIONS; seed++) {
            List<Function> functions = RandomFunctions.of(seed);
            List<Long> before = results(functions.getFirst());
            Optimizer.optimize(functions, Target.DEFAULT).forEach(IntegrityChecker::require);
            assertThat(results(functions.getFirst())).as("seed " + seed).isEqualTo(before);
        }
    }

    @Test
    void aFunctionComputesTheSameAfterEachPass() {
        for (int seed = 0; seed < FUNCTIONS / 5; seed++) {
            Function function = RandomFunctions.of(seed).getFirst();
            List<Long> before = results(function);
            for (int round = 0; round < 3; round++) {
                for (Pass pass : Optimizer.passes()) {
                    pass.run(function);
                    assertThat(IntegrityChecker.problems(function))
                            .as("seed " + seed + " after " + pass.getClass().getSimpleName())
                            .isEmpty();
                    assertThat(results(function))
                            .as("seed " + seed + " after " + pass.getClass().getSimpleName())
                            .isEqualTo(before);
                }
            }
        }
    }

    private static List<Long> results(Function function) {
        List<Long> results = new ArrayList<>();
        for (long argument : ARGUMENTS) {
            results.add(Evaluation.result(function, argument, argument * 3));
        }
        return results;
    }
}
