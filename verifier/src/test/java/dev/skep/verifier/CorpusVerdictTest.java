package dev.skep.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.assembly.Assembler;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelModel;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our verdict and cause on each program of the corpus are those of Linux 6.18. */
class CorpusVerdictTest {
    private static final KernelModel LINUX_6_18 = KernelModel.of(KernelVersion.of("6.18"));

    /** What these do with the kernel's structures can be judged only with the kernel's types; {@code linux} tests them with those. */
    static final Set<String> NEED_KERNEL_TYPES = Set.of(
            "a hook's state and packet",
            "a process's structure by BTF",
            "a process's structure is read by its type",
            "a process's structure is written",
            "a process's structure before its beginning",
            "a process's structure far behind its end",
            "one of a map's public fields is read");

    static List<VerifierCase> cases() {
        return Stream.concat(VerifierCorpus.cases().stream(), VerifierCorpus.restrictedCases().stream())
                .filter(example -> !NEED_KERNEL_TYPES.contains(example.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void verdictAndCauseAreTheKernels(VerifierCase example) {
        BpfObject object = Assembler.object(example.theme(), example.text());
        VerifierOptions options = VerifierOptions.DEFAULT
                .withStrictAlignment(example.strictAlignment())
                .withCapabilities(capabilities(example));

        ProgramVerdict verdict = Verifier.verify(object, object.programs().getFirst(), LINUX_6_18, options);

        assertThat(told(verdict))
                .isEqualTo(example.cause().map(cause -> "rejected " + cause).orElse("accepted"));
    }

    private static Set<Capability> capabilities(VerifierCase example) {
        return example.capabilities().stream()
                .map(name -> Capability.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

    private static String told(ProgramVerdict verdict) {
        return switch (verdict) {
            case ProgramVerdict.Accepted accepted -> "accepted";
            case ProgramVerdict.Rejected no ->
                "rejected " + no.rejection().cause().id();
        };
    }
}
