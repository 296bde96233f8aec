package dev.skep.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.IrText;
import dev.skep.compiler.pass.Evaluation;
import dev.skep.compiler.pass.RandomFunctions;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.object.BpfObject;
import dev.skep.object.instruction.CpuVersion;
import dev.skep.verifier.ProgramVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Optimized or not, the code of a random function computes the same, and the verifier takes it. */
class OptimizedFunctionsTest {
    private static final int FUNCTIONS = Integer.getInteger("skep.compiler.functions", 100);
    private static final long[][] INPUTS = {
        {0, 0},
        {1, 2},
        {-1, -1},
        {Long.MIN_VALUE, Integer.MIN_VALUE},
        {0x1234_5678_9abc_def0L, 0x7fff_ffff},
        {-12345, 77}
    };

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void optimizedCodeComputesWhatTheSourceSays(CpuVersion version) {
        int tooComplex = 0;
        try (EngineHost host = CompiledPrograms.engine()) {
            for (long seed = 1000; seed < 1000 + FUNCTIONS; seed++) {
                tooComplex += check(host, seed, version) ? 0 : 1;
            }
        }
        assertThat(tooComplex).isLessThan(FUNCTIONS / 50);
    }

    /** @return false if the verifier gives up on it */
    private static boolean check(EngineHost host, long seed, CpuVersion version) {
        List<Function> functions = RandomFunctions.of(seed);
        Function computed = RandomFunctionsTest.asStatic(functions.getFirst());
        List<Long> expected = results(computed);
        List<Function> all = new ArrayList<>(List.of(CompiledPrograms.program(computed), computed));
        all.addAll(functions.subList(1, functions.size()));
        CompilationUnit unit =
                new CompilationUnit("test", all, List.of(), List.of(), List.of(), List.of(), "GPL", Map.of());
        BpfObject object = Compiler.compile(unit, CompiledPrograms.target(version));
        String text = "seed " + seed + "\n" + CompiledPrograms.listing(object) + IrText.of(all.getFirst());
        try (EngineObject loaded = host.load(object)) {
            List<Long> results = Arrays.stream(INPUTS)
                    .map(input -> CompiledPrograms.run(loaded, input))
                    .toList();
            assertThat(results).as(text).isEqualTo(expected);
        }
        ProgramVerdict verdict = CompiledPrograms.verify(object);
        if (verdict instanceof ProgramVerdict.Rejected rejected) {
            assertThat(rejected.rejection().kernelMessage()).as(text).containsAnyOf("too large", "too complex");
        }
        return verdict.isAccepted();
    }

    private static List<Long> results(Function function) {
        return Arrays.stream(INPUTS)
                .map(input -> Evaluation.result(function, input))
                .toList();
    }
}
