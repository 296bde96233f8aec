package dev.skep.engine.counterexample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.verifier.Cause;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** For which rejections of the corpus a counterexample is found. */
class CounterexampleCorpusTest {
    private static final Path PAGE = Path.of("..", "docs", "counterexamples.md");

    /** How many of a cause there are. */
    private record Count(int found, int rejections) {
        Count plus(boolean isFound) {
            return new Count(found + (isFound ? 1 : 0), rejections + 1);
        }
    }

    private static final List<String> FOUND = new ArrayList<>();
    private static final Map<String, Count> COUNTS = new TreeMap<>();

    @BeforeAll
    static void search() {
        for (CorpusPrograms.Entry entry : CorpusPrograms.all()) {
            if (entry.verdict() instanceof ProgramVerdict.Rejected rejected) {
                Rejection rejection = rejected.rejection();
                boolean found = CounterexampleSearch.find(
                                entry.object(), entry.program(), rejection, CorpusPrograms.KERNEL)
                        .isPresent();
                if (found) {
                    FOUND.add(rejection.cause().id() + " " + entry);
                }
                if (RejectionGoal.SHOWN_BY_A_RUN.contains(rejection.cause())) {
                    COUNTS.merge(rejection.cause().id(), new Count(0, 0).plus(found), (a, b) -> a.plus(found));
                }
            }
        }
    }

    /** {@code found.txt} has a line for each; one that is new is to be added, and then the table on the page changes. */
    @Test
    void oneIsFoundForEveryRejectionThatIsListed() throws IOException {
        try (InputStream file = CounterexampleCorpusTest.class.getResourceAsStream("found.txt")) {
            assertThat(file).isNotNull();
            String listed = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(String.join("\n", FOUND)).isEqualTo(listed.strip());
        }
    }

    @Test
    void theTableOnThePageIsTheseNumbers() throws IOException {
        String rows = COUNTS.entrySet().stream()
                .map(row -> "| [%s](verifier/%s.md) | %d | %d |"
                        .formatted(
                                row.getKey(),
                                row.getKey(),
                                row.getValue().rejections(),
                                row.getValue().found()))
                .collect(Collectors.joining("\n"));
        assertThat(Files.readString(PAGE)).contains(rows);
    }

    @Test
    void aCauseIsOneThatARunCanShowOrNoneIsFound() {
        assertThat(COUNTS.keySet())
                .isSubsetOf(RejectionGoal.SHOWN_BY_A_RUN.stream().map(Cause::id).toList());
        assertThat(FOUND).hasSizeGreaterThan(150);
    }
}
