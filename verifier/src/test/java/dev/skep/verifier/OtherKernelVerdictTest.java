package dev.skep.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.testkit.corpus.RecordedVerdicts;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.kernel.KernelModel;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For other kernels we say of the corpus what those said when they were asked, but for the differences that are listed with their
 * reasons. Without those kernels' types only assembled programs can be judged; {@code linux} judges all, in virtual machines.
 */
class OtherKernelVerdictTest {
    static Stream<String> kernels() {
        return RecordedVerdicts.KERNELS.stream();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void weSayWhatTheKernelSaid(String kernel) {
        RecordedVerdicts recorded = RecordedVerdicts.of(kernel).orElseThrow();
        KernelModel model = KernelModel.of(KernelVersion.of(kernel));
        Set<String> judged = new TreeSet<>();
        Set<String> differing = new TreeSet<>();
        for (VerifierCase example : VerifierCorpus.cases()) {
            if (!CorpusVerdictTest.NEED_KERNEL_TYPES.contains(example.name())) {
                judged.add(example.id());
                if (isAccepted(example, model) != recorded.accepts(example.id(), example.isAccepted())) {
                    differing.add(example.id());
                }
            }
        }

        Set<String> known = RecordedVerdicts.knownDifferences(kernel).keySet().stream()
                .filter(judged::contains)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(differing).isEqualTo(known);
        assertThat(known).hasSizeLessThan(judged.size() / 20);
    }

    private static boolean isAccepted(VerifierCase example, KernelModel kernel) {
        BpfObject object = Assembler.object(example.theme(), example.text());
        VerifierOptions options = VerifierOptions.DEFAULT.withStrictAlignment(example.strictAlignment());
        return Verifier.verify(object, object.programs().getFirst(), kernel, options)
                instanceof ProgramVerdict.Accepted;
    }
}
