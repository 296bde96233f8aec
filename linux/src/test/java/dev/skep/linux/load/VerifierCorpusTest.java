package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.BpfObject;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.program.ProgramSpec;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.corpus.RecordedVerdicts.Verdict;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus says of each program what this kernel says of it. */
@NeedsBpf
class VerifierCorpusTest {
    /** The kernel that the corpus speaks of, as {@code KERNEL_VERSION(6, 18, 0)}. */
    private static final int LINUX_6_18 = 6 << 16 | 18 << 8;

    private static final LinuxHost HOST = LinuxHost.open();
    private static final CorpusLoader KERNEL = new CorpusLoader(HOST);

    @BeforeAll
    static void onlyOnTheKernelItSpeaksOf() {
        int running = KernelRelease.running().versionCode();
        assumeTrue(running >= LINUX_6_18, "the corpus has the verdicts of Linux 6.18, an older kernel runs here");
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    static List<VerifierCase> cases() {
        return VerifierCorpus.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernelSaysTheSame(VerifierCase example) {
        BpfObject object = CorpusLoader.object(example);
        Verdict verdict =
                KERNEL.verdicts(object).get(object.programs().getFirst().name());
        assertThat(verdict.accepted()).as(verdict.message()).isEqualTo(example.isAccepted());
    }

    @Test
    void kernelSaysTheSameOfCompiledPrograms() {
        Map<String, String> expected = new TreeMap<>();
        Map<String, Verdict> told = new TreeMap<>();
        VerifierCorpus.objects().forEach((name, file) -> {
            BpfObject object = ObjectReader.read(file, name);
            Map<Integer, String> tags = CorpusLoader.tags(object.btf());
            for (ProgramSpec spec : object.programs()) {
                expected.put(
                        name + "." + spec.name(),
                        tags.getOrDefault(object.entry(spec).typeId(), "untold"));
            }
            KERNEL.verdicts(object).forEach((program, verdict) -> told.put(name + "." + program, verdict));
        });
        assertThat(expected).hasSizeGreaterThan(150);
        told.forEach((program, verdict) -> assertThat(verdict.accepted())
                .as(program + ", of which the corpus says " + expected.get(program) + ": " + verdict.message())
                .isEqualTo("accepted".equals(expected.get(program))));
    }
}
