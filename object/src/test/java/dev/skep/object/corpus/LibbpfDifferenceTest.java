package dev.skep.object.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skep.object.corpus.Corpus.Compiled;
import dev.skep.object.corpus.Corpus.Source;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program of the corpus, from every compiler for every CPU version, against the libbpf of this machine. */
@NeedsTool("gcc")
class LibbpfDifferenceTest {
    /** Each compiler and each CPU version once or more; the others wait for CI, or for whoever asks for them. */
    private static final Set<String> SHORT_MATRIX =
            Set.of("clang-14 v1", "clang-14 v3", "clang-19 v2", "clang-19 v3", "clang-22 v4");

    private static final boolean FULL_MATRIX =
            Boolean.getBoolean("skep.corpus.full") || "1".equals(System.getenv("SKEP_REQUIRE_TOOLS"));

    @TempDir
    private static Path tools;

    private static LibbpfDump libbpf;

    static Stream<Arguments> compilers() {
        return Corpus.COMPILERS.stream()
                .flatMap(compiler -> Corpus.CPUS.stream()
                        .filter(cpu -> Corpus.supports(compiler, cpu))
                        .map(cpu -> Arguments.of(compiler, cpu)));
    }

    @BeforeAll
    static void buildTheTool() {
        assumeTrue(LibbpfDump.minorVersion().isPresent(), "not installed: libbpf's headers (libbpf-dev)");
        assumeTrue(
                Files.isReadable(Corpus.KERNEL_TYPES), "this kernel has no BTF, which libbpf finds attach targets in");
        libbpf = LibbpfDump.build(tools);
    }

    @ParameterizedTest(name = "{0} -mcpu={1}")
    @MethodSource("compilers")
    void mapsProgramsAndFinalInstructionsAreThoseOfLibbpf(String compiler, String cpu, @TempDir Path folder) {
        Tools.assumeAvailable(compiler);
        assumeTrue(
                FULL_MATRIX || SHORT_MATRIX.contains(compiler + " " + cpu),
                compiler + " -mcpu=" + cpu + " is left to the full matrix: -Dskep.corpus.full=true");
        Corpus.compile(compiler, cpu, folder);
        List<Source> compiled = Corpus.sources()
                .filter(source -> Corpus.compiled(source, folder).isPresent())
                .toList();
        assertThat(compiled).hasSizeGreaterThan(40);
        SoftAssertions.assertSoftly(softly -> compiled.forEach(source ->
                compare(softly, source, Corpus.compiled(source, folder).orElseThrow())));
    }

    private static void compare(SoftAssertions softly, Source source, Compiled compiled) {
        String theirs = libbpf.of(compiled);
        String ours = compiled.dump();
        int minor = LibbpfDump.minorVersion().orElseThrow();
        Optional<LibbpfLimits.Different> different = LibbpfLimits.different(source.name(), minor);
        Optional<LibbpfLimits.Refused> refused = LibbpfLimits.refused(source.name());
        if (different.isPresent()) {
            softly.assertThat(theirs)
                    .as("libbpf, %s", source)
                    .contains(different.get().libbpf());
            softly.assertThat(ours).as("%s", source).doesNotStartWith("error: ");
        } else if (refused.isPresent()) {
            softly.assertThat(theirs)
                    .as("libbpf, %s", source)
                    .startsWith("error: ")
                    .contains(refused.get().libbpf());
            softly.assertThat(ours)
                    .as("%s", source)
                    .startsWith("error: ")
                    .contains(refused.get().skep());
        } else {
            softly.assertThat(ours).as("%s", source).isEqualTo(theirs);
        }
    }
}
