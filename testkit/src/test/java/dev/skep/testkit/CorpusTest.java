package dev.skep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.corpus.VerifierCase;
import dev.skep.testkit.corpus.VerifierCorpus;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorpusTest {
    @Test
    void itHasHundredsOfProgramsOfBothKinds() {
        List<VerifierCase> cases = VerifierCorpus.cases();
        assertThat(cases.stream().filter(VerifierCase::isAccepted)).hasSizeGreaterThan(250);
        assertThat(cases.stream().filter(c -> !c.isAccepted())).hasSizeGreaterThan(300);
    }

    @Test
    void aCaseIsAWholeProgramWithTheMapsItNamesAndNoOthers() {
        VerifierCase inner = VerifierCorpus.cases().stream()
                .filter(c -> c.name().equals("an inner map, checked and used"))
                .findFirst()
                .orElseThrow();
        assertThat(inner.text())
                .startsWith(".license \"GPL\"\n.map inner array")
                .contains(".map outer array_of_maps", "\n.program main tc\n")
                .doesNotContain(".map table");
        assertThat(inner).hasToString("maps.txt:" + inner.line() + ": an inner map, checked and used");
    }
}
