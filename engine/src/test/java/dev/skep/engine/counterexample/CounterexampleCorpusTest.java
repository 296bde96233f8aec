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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** For which rejections of the corpus a counterexample is found. */
class CounterexampleCorpusTest {
    private static final Path PAGE = Path.of("..", "docs", "counterexamples.md");
    private static final Path TABLE = Path.of("target", "counterexamples", "table.txt");

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

    /** {@code found.txt} has a line for each. */
    @Test
    void oneIsFoundForEveryRejectionThatIsListed() throws IOException {
        try (InputStream file = CounterexampleCorpusTest.class.getResourceAsStream("found.txt")) {
            assertThat(file).isNotNull();
            String listed = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(FOUND).containsAll(listed.lines().toList());
        }
    }

    /** A row of the page's table: cause, rejections, how many with a counterexample. */
    private static final Pattern ROW = Pattern.compile("\\| \\[([a-z-]+)]\\(.*\\) \\| (\\d+) \\| (\\d+) \\|");

    /** New cases of the corpus may add to them; {@code table.txt} in the build's folder has the rows as they are now. */
    @Test
    void thePageClaimsNoMoreThanTheseNumbers() throws IOException {
        Map<String, Count> claimed = new TreeMap<>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(row -> claimed.put(
                        row.group(1), new Count(Integer.parseInt(row.group(3)), Integer.parseInt(row.group(2)))));
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, table());
        assertThat(claimed.keySet()).isEqualTo(COUNTS.keySet());
        claimed.forEach((cause, count) -> assertThat(COUNTS.get(cause))
                .as(cause)
                .matches(now -> now.found() >= count.found() && now.rejections() >= count.rejections()));
    }

    private static String table() {
        return COUNTS.entrySet().stream()
                .map(row -> "| [%s](verifier/%s.md) | %d | %d |"
                        .formatted(
                                row.getKey(),
                                row.getKey(),
                                row.getValue().rejections(),
                                row.getValue().found()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void aCauseIsOneThatARunCanShowOrNoneIsFound() {
        assertThat(COUNTS.keySet())
                .isSubsetOf(RejectionGoal.SHOWN_BY_A_RUN.stream().map(Cause::id).toList());
        assertThat(FOUND).hasSizeGreaterThan(150);
    }
}
