package dev.skep.linux.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.image.ProgramImage.FunctionStart;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.program.ProgramSpec;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private static final int BPF_F_STRICT_ALIGNMENT = 1; // linux/bpf.h

    private static final String ACCEPTED = "the kernel accepts it";

    private static final LinuxHost HOST = LinuxHost.open();

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
        ProgramOutcome outcome = outcome(object(example));
        if (example.isAccepted()) {
            assertThat(outcome).as(() -> told(outcome)).isInstanceOf(ProgramOutcome.Loaded.class);
        } else {
            assertThat(outcome).as(() -> told(outcome)).isInstanceOf(ProgramOutcome.Rejected.class);
        }
    }

    @Test
    void kernelSaysTheSameOfCompiledPrograms() {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> told = new TreeMap<>();
        VerifierCorpus.objects().forEach((name, file) -> {
            BpfObject object = ObjectReader.read(file, name);
            Map<Integer, String> verdicts = verdicts(object.btf());
            try (LinuxObject loaded = HOST.open(object).loadEach()) {
                for (ProgramOutcome outcome : loaded.outcomes()) {
                    String program = name + "." + outcome.spec().name();
                    int type = object.entry(outcome.spec()).typeId();
                    expected.put(program, verdicts.getOrDefault(type, "untold"));
                    told.put(program, told(outcome));
                }
            }
        });
        assertThat(expected).hasSizeGreaterThan(150);
        told.forEach((program, answer) -> assertThat(answer)
                .as(program + ": " + expected.get(program))
                .matches(a -> a.equals(ACCEPTED) == "accepted".equals(expected.get(program)), "the expected verdict"));
    }

    /** By function: what the program's declaration tag says. */
    private static Map<Integer, String> verdicts(Btf types) {
        Map<Integer, String> verdicts = new HashMap<>();
        for (int id = 1; id < types.typeCount(); id++) {
            if (types.type(id) instanceof BtfType.DeclarationTag tag
                    && !tag.name().contains(":")) {
                verdicts.put(tag.target(), tag.name());
            }
        }
        return verdicts;
    }

    private static BpfObject object(VerifierCase example) {
        BpfObject object = Assembler.object(example.theme(), example.text());
        if (!example.strictAlignment()) {
            return object;
        }
        ProgramSpec spec = object.program("main").orElseThrow();
        return object.withProgram(new ProgramSpec(
                spec.name(),
                spec.section(),
                spec.type(),
                spec.expectedAttachType(),
                spec.attachTarget(),
                spec.autoload(),
                spec.flags() | BPF_F_STRICT_ALIGNMENT,
                spec.function()));
    }

    private static ProgramOutcome outcome(BpfObject object) {
        try (LinuxObject loaded = HOST.open(object).loadEach()) {
            ProgramOutcome outcome = loaded.outcomes().getFirst();
            boolean misshapen =
                    outcome instanceof ProgramOutcome.Unusable unusable && unusable.failure() instanceof InputException;
            return misshapen ? asItIs(object) : outcome;
        }
    }

    /** The loader refuses jumps that leave their function by itself; here the kernel shall. */
    private static ProgramOutcome asItIs(BpfObject object) {
        Instructions code = object.functions().getFirst().instructions();
        ProgramSpec spec = object.programs().getFirst();
        ProgramImage image =
                new ProgramImage(spec, code, List.of(), List.of(new FunctionStart(0, 0, spec.name())), List.of());
        Map<String, LinuxMap> maps = Map.of();
        try (ObjectTypes types = ObjectTypes.load(object, Optional.empty())) {
            KernelExterns externs = KernelExterns.resolve(object, HOST.types());
            return new ProgramLoader(object, externs, types, maps, Optional.empty(), 0)
                    .load(new ProgramLoader.Job(image, code, AttachTarget.NONE, 0, Optional.empty()));
        }
    }

    private static String told(ProgramOutcome outcome) {
        return switch (outcome) {
            case ProgramOutcome.Loaded loaded -> ACCEPTED;
            case ProgramOutcome.Rejected rejected -> rejected.rejection().log().text();
            case ProgramOutcome.Unusable unusable -> unusable.failure().getMessage();
            case ProgramOutcome.NotWanted notWanted -> "nobody asked for it";
        };
    }
}
