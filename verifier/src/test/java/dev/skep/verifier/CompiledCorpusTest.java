package dev.skep.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import dev.skep.object.Location;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.file.ObjectReader;
import dev.skep.object.program.ProgramSpec;
import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import dev.skep.verifier.kernel.KernelModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Our verdicts on the compiled part of the corpus, the causes we give, and whether the corpus has all. Types are the running kernel's, as
 * many programs are about kernel objects.
 */
class CompiledCorpusTest {
    private static final Path KERNEL_TYPES = Path.of("/sys/kernel/btf/vmlinux");

    /**
     * Causes that the corpus cannot have: it is loaded by root into one kernel. {@code POINTER_COMPARISON} and {@code POINTER_LEAK} are
     * for who has no privilege, {@code TOO_NEW} for older kernels; types that are wrong do not get past the object's reader.
     */
    private static final Set<Cause> NOT_BY_ROOT_HERE = EnumSet.of(
            Cause.POINTER_COMPARISON,
            Cause.POINTER_LEAK,
            Cause.TOO_NEW,
            Cause.TYPE_INFORMATION,
            Cause.UNINITIALIZED_STACK);

    private static KernelModel kernel = KernelModel.of(new KernelVersion(6, 18));

    /** What the corpus says and what we say. */
    private record Compared(String program, Optional<String> expected, ProgramVerdict verdict) {
        Optional<String> said() {
            return verdict instanceof ProgramVerdict.Rejected rejected
                    ? Optional.of(rejected.rejection().cause().id())
                    : Optional.empty();
        }

        boolean sameVerdict() {
            return expected.isPresent() == said().isPresent();
        }

        @Override
        public String toString() {
            return program + ": expected " + expected.orElse("accepted") + ", said " + said().orElse("accepted");
        }
    }

    private static List<Compared> assembled = List.of();
    private static List<Compared> compiled = List.of();

    @BeforeAll
    static void verify() throws IOException {
        assumeTrue(Files.isReadable(KERNEL_TYPES), "the corpus names kernel types, and this machine shows none");
        kernel = kernel.withTypes(Btf.open(Files.readAllBytes(KERNEL_TYPES), Location.in("vmlinux")));
        assembled = assembled();
        compiled = compiled();
    }

    private static List<Compared> assembled() {
        List<Compared> all = new ArrayList<>();
        for (VerifierCase example : VerifierCorpus.cases()) {
            BpfObject object = Assembler.object(example.theme(), example.text());
            VerifierOptions options = VerifierOptions.DEFAULT.withStrictAlignment(example.strictAlignment());
            ProgramVerdict verdict =
                    Verifier.verify(object, kernel, options).programs().getFirst();
            all.add(new Compared(example.toString(), example.cause(), verdict));
        }
        return all;
    }

    private static List<Compared> compiled() {
        List<Compared> all = new ArrayList<>();
        VerifierCorpus.objects().forEach((name, file) -> {
            BpfObject object = ObjectReader.read(file, name);
            Map<Integer, String> verdicts = verdicts(object.btf());
            for (ProgramSpec program : object.programs()) {
                String said = verdicts.getOrDefault(object.entry(program).typeId(), "untold");
                Optional<String> cause =
                        said.equals("accepted") ? Optional.empty() : Optional.of(said.replace("rejected ", ""));
                ProgramVerdict verdict = Verifier.verify(object, program, kernel, VerifierOptions.DEFAULT);
                all.add(new Compared(name + "." + program.name(), cause, verdict));
            }
        });
        return all;
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

    @Test
    void weSayOfCompiledProgramsWhatTheKernelSays() {
        assertThat(compiled).hasSizeGreaterThan(150).allMatch(Compared::sameVerdict);
    }

    @Test
    void theCauseIsTheExpectedOneForNineteenOfTwentyRejections() {
        List<Compared> all = new ArrayList<>(assembled);
        all.addAll(compiled);
        List<Compared> rejected = all.stream()
                .filter(c -> c.expected().isPresent() && c.sameVerdict())
                .toList();
        List<Compared> otherCause =
                rejected.stream().filter(c -> !c.expected().equals(c.said())).toList();
        assertThat(otherCause).hasSizeLessThan(rejected.size() / 20);
    }

    @Test
    void everyCauseThatRootCanMeetHasACase() {
        Set<String> expected = new TreeSet<>();
        VerifierCorpus.cases().forEach(c -> c.cause().ifPresent(expected::add));
        VerifierCorpus.objects()
                .forEach((name, file) -> verdicts(ObjectReader.read(file, name).btf())
                        .values()
                        .forEach(verdict -> expected.add(verdict.replace("rejected ", ""))));
        List<String> missing = Arrays.stream(Cause.values())
                .filter(cause -> !NOT_BY_ROOT_HERE.contains(cause))
                .map(Cause::id)
                .filter(id -> !expected.contains(id))
                .toList();
        assertThat(missing).isEmpty();
    }
}
