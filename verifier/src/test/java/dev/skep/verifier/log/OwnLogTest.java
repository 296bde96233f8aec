package dev.skep.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.Cause;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.report.KernelLogText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@code skep verify --log} writes of a rejection, {@code skep explain} explains as {@code skep verify} itself does. */
class OwnLogTest {
    private static final KernelModel LINUX_6_18 = KernelModel.of(KernelVersion.of("6.18"));

    @Test
    void aWrittenRejectionIsReadBackWithItsCauseAndPlace() {
        List<String> otherwise = new ArrayList<>();
        int rejected = 0;
        for (VerifierCase example : VerifierCorpus.cases()) {
            if (example.cause()
                    .equals(Optional.of(Cause.TOO_COMPLEX.id()))) { // takes long, and has no place of its own
                continue;
            }
            BpfObject object = Assembler.object(example.theme(), example.text());
            VerifierOptions options = VerifierOptions.DEFAULT.withStrictAlignment(example.strictAlignment());
            ProgramVerdict verdict = Verifier.verify(object, object.programs().getFirst(), LINUX_6_18, options);
            if (verdict instanceof ProgramVerdict.Rejected no && hasPath(no.rejection())) {
                rejected++;
                String told = told(no.rejection());
                String read = KernelLog.read(KernelLogText.of(verdict)).stream()
                        .flatMap(log -> LogExplainer.explain(log).stream())
                        .map(OwnLogTest::told)
                        .findFirst()
                        .orElse("nothing");
                if (!told.equals(read)) {
                    otherwise.add(example + ": " + told + ", read back as " + read + ": "
                            + no.rejection().kernelMessage());
                }
            }
        }
        assertThat(rejected).isGreaterThan(250);
        assertThat(otherwise).as(() -> String.join("\n", otherwise)).hasSizeLessThan(rejected / 50);
    }

    private static boolean hasPath(Rejection rejection) {
        return !rejection.path().steps().isEmpty();
    }

    private static String told(Rejection rejection) {
        return rejection.cause().id() + " at " + rejection.place().instruction();
    }
}
