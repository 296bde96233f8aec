package dev.skep.object.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.corpus.Corpus.Compiled;
import dev.skep.object.corpus.Corpus.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Committed objects against what libbpf made of them when they were committed: needs neither libbpf nor clang. */
class GoldenDumpTest {
    static Stream<Source> loadable() {
        return Corpus.sources().filter(source -> Files.exists(source.golden()));
    }

    static Stream<Source> refused() {
        return Corpus.sources()
                .filter(source -> LibbpfLimits.refused(source.name()).isPresent());
    }

    @ParameterizedTest
    @MethodSource("loadable")
    void mapsProgramsAndFinalInstructionsAreThoseOfLibbpf(Source source) {
        String golden = new String(Corpus.read(source.golden()), StandardCharsets.UTF_8);
        assertThat(committed(source).dump()).isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatLibbpfRefusesIsRefusedWithTheReasonAndTheSourceLine(Source source) {
        assertThat(committed(source).dump())
                .startsWith("error: ")
                .contains(LibbpfLimits.refused(source.name()).orElseThrow().skep())
                .contains(source.name() + ".c:");
    }

    @Test
    void everyCommittedProgramIsEitherLoadableOrKnownToBeRefused() {
        assertThat(Corpus.sources()
                        .filter(source ->
                                Corpus.compiled(source, source.folder()).isPresent())
                        .filter(source -> Files.exists(source.golden())
                                == LibbpfLimits.refused(source.name()).isPresent()))
                .isEmpty();
        assertThat(loadable()).hasSizeGreaterThan(30);
    }

    private static Compiled committed(Source source) {
        return Corpus.compiled(source, source.folder()).orElseThrow();
    }
}
