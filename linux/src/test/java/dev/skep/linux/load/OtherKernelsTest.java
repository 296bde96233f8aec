package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.BpfObject;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.program.ProgramSpec;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.corpus.RecordedVerdicts;
import dev.skep.testkit.corpus.RecordedVerdicts.Verdict;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * On a kernel whose verdicts on the corpus are recorded: they are as recorded, and ours are the same. Unasked, virtual machines run only
 * the first test: the whole corpus takes minutes there ({@code vm/run 6.1 -- OtherKernelsTest}, {@code vm/record}).
 */
@NeedsBpf
class OtherKernelsTest {
    /** Where a virtual machine leaves what its host shall get, and what says that this is one: vm/guest/init. */
    private static final Path REPORTS = Path.of("/reports");

    private static final boolean IN_A_GUEST = System.getProperty("skep.guest") != null;

    private static final KernelRelease RUNNING = KernelRelease.running();
    private static final String KERNEL = RUNNING.version().toString();

    /** One program of the corpus. */
    private record Example(BpfObject object, ProgramSpec program, boolean acceptedBy618, boolean strictAlignment) {}

    private static final Map<String, Example> EXAMPLES = new LinkedHashMap<>();
    private static final SortedMap<String, Verdict> TOLD = new TreeMap<>();

    @BeforeAll
    static void collect() {
        for (VerifierCase example : VerifierCorpus.cases()) {
            BpfObject object = CorpusLoader.object(example);
            EXAMPLES.put(
                    example.id(),
                    new Example(object, object.programs().getFirst(), example.isAccepted(), example.strictAlignment()));
        }
        VerifierCorpus.objects().forEach((name, file) -> {
            BpfObject object = ObjectReader.read(file, name);
            Map<Integer, String> tags = CorpusLoader.tags(object.btf());
            for (ProgramSpec program : object.programs()) {
                boolean accepted =
                        "accepted".equals(tags.get(object.entry(program).typeId()));
                EXAMPLES.put(name + "." + program.name(), new Example(object, program, accepted, false));
            }
        });
    }

    /** What the kernel says of these, and of all else in their objects. */
    private static void ask(Set<String> programs) {
        try (LinuxHost host = LinuxHost.open()) {
            CorpusLoader kernel = new CorpusLoader(host);
            for (String program : programs) {
                if (!TOLD.containsKey(program)) {
                    kernel.verdicts(EXAMPLES.get(program).object())
                            .forEach((name, verdict) -> TOLD.put(siblingOf(program, name), verdict));
                }
            }
        }
    }

    /** The name in the corpus of a program in the same object. */
    private static String siblingOf(String program, String name) {
        boolean assembled = program.contains(": ");
        return assembled ? program : program.substring(0, program.indexOf('.') + 1) + name;
    }

    private static RecordedVerdicts assumeRecorded() {
        Optional<RecordedVerdicts> recorded = RecordedVerdicts.of(KERNEL);
        assumeTrue(
                recorded.isPresent(),
                "verdicts are recorded of " + RecordedVerdicts.KERNELS + ", this is Linux " + RUNNING.text());
        return recorded.orElseThrow();
    }

    private static SortedMap<String, Verdict> otherwise() {
        SortedMap<String, Verdict> otherwise = new TreeMap<>(TOLD);
        otherwise
                .entrySet()
                .removeIf(e ->
                        EXAMPLES.get(e.getKey()).acceptedBy618() == e.getValue().accepted());
        return otherwise;
    }

    @Test
    @Tag("vm")
    void kernelStillSaysOtherwiseWhereThatIsRecorded() {
        RecordedVerdicts recorded = assumeRecorded();
        ask(recorded.otherwise().keySet());
        recorded.otherwise()
                .forEach((id, verdict) -> assertThat(TOLD.get(id).accepted())
                        .as(id + ": " + TOLD.get(id).message())
                        .isEqualTo(verdict.accepted()));
    }

    @Test
    void kernelSaysWhatIsRecorded() throws IOException {
        if (!IN_A_GUEST) {
            assumeRecorded();
        }
        ask(EXAMPLES.keySet());
        if (IN_A_GUEST) {
            Files.writeString(
                    Files.createDirectories(REPORTS).resolve("verdicts-" + KERNEL + ".txt"),
                    RecordedVerdicts.text(RUNNING.text(), otherwise()));
        }
        RecordedVerdicts recorded = assumeRecorded();
        Map<String, String> differences = new TreeMap<>();
        TOLD.forEach((id, verdict) -> {
            if (verdict.accepted() != recorded.accepts(id, EXAMPLES.get(id).acceptedBy618())) {
                differences.put(id, verdict.toString());
            }
        });
        assertThat(differences).as("vm/record records anew").isEmpty();
    }

    @Test
    void weSayTheSameButForWhatIsListed() throws IOException {
        assumeRecorded();
        ask(EXAMPLES.keySet());
        byte[] types = Files.readAllBytes(Path.of("/sys/kernel/btf/vmlinux"));
        KernelModel model = KernelModel.host(RUNNING.version(), Btf.open(types, Location.in("vmlinux")));
        List<String> differing = new ArrayList<>();
        EXAMPLES.forEach((id, example) -> {
            ProgramVerdict ours = Verifier.verify(
                    example.object(),
                    example.program(),
                    model,
                    VerifierOptions.DEFAULT.withStrictAlignment(example.strictAlignment()));
            if (ours instanceof ProgramVerdict.Accepted != TOLD.get(id).accepted()) {
                differing.add(id);
            }
        });
        assertThat(differing)
                .containsExactlyInAnyOrderElementsOf(
                        RecordedVerdicts.knownDifferences(KERNEL).keySet());
    }
}
