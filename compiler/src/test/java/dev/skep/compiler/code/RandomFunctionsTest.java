package dev.skep.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.IrText;
import dev.skep.compiler.pass.Evaluation;
import dev.skep.compiler.pass.RandomFunctions;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.object.BpfObject;
import dev.skep.object.instruction.CpuVersion;
import dev.skep.verifier.ProgramVerdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a random function computes as the representation says, its code computes too, and the verifier takes it. */
class RandomFunctionsTest {
    private static final int FUNCTIONS = Integer.getInteger("skep.compiler.functions", 500);
    private static final long[][] INPUTS = {{0, 1}, {-12345, -1}, {0x1234_5678_9abc_def0L, 0x7fff_ffff}};

    @ParameterizedTest
    @EnumSource(CpuVersion.class)
    void codeComputesWhatTheRepresentationSays(CpuVersion version) {
        int tooComplex = 0;
        try (EngineHost host = CompiledPrograms.engine()) {
            for (long seed = 0; seed < FUNCTIONS; seed++) {
                tooComplex += check(host, seed, version) ? 0 : 1;
            }
        }
        assertThat(tooComplex).isLessThan(FUNCTIONS / 50);
    }

    /** @return false if the verifier gives up on it */
    private static boolean check(EngineHost host, long seed, CpuVersion version) {
        List<Function> functions = RandomFunctions.of(seed);
        Function computed = asStatic(functions.getFirst());
        List<Function> all = new ArrayList<>(List.of(CompiledPrograms.program(computed), computed));
        all.addAll(functions.subList(1, functions.size()));
        BpfObject object = CompiledPrograms.assemble(CompiledPrograms.target(version), List.of(), all);
        try (EngineObject loaded = host.load(object)) {
            for (long[] input : INPUTS) {
                assertThat(CompiledPrograms.run(loaded, input))
                        .as(() -> "seed " + seed + " of " + Arrays.toString(input) + "\n" + text(object, all))
                        .isEqualTo(Evaluation.result(computed, input));
            }
        }
        ProgramVerdict verdict = CompiledPrograms.verify(object);
        if (verdict instanceof ProgramVerdict.Rejected rejected) {
            assertThat(rejected.rejection().kernelMessage())
                    .as(() -> "seed " + seed + "\n" + text(object, all))
                    .containsAnyOf("too large", "too complex");
        }
        return verdict.isAccepted();
    }

    static Function asStatic(Function function) {
        Function copy = CompiledPrograms.function("computed", function.resultType());
        copy.blocks().clear();
        copy.blocks().addAll(function.blocks());
        return copy;
    }

    private static String text(BpfObject object, List<Function> functions) {
        return CompiledPrograms.listing(object)
                + String.join("\n", functions.stream().map(IrText::of).toList());
    }
}
