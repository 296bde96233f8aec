package dev.skep.verifier.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.verifier.Cause;
import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs that Linux 6.18 wrote about small C programs, one for each usual mistake. */
class LogExplainerTest {
    private static Rejection explain(String name) throws IOException {
        try (InputStream log = LogExplainerTest.class.getResourceAsStream(name + ".log")) {
            String text = new String(Objects.requireNonNull(log, name).readAllBytes(), StandardCharsets.UTF_8);
            return LogExplainer.explain(KernelLog.read(text).getFirst()).orElseThrow();
        }
    }

    /** Line is where it fails, root the line to change. */
    @ParameterizedTest
    @CsvSource({
        "missing-check, PACKET_BOUNDS, 9, 9",
        "short-check, PACKET_BOUNDS, 8, 6",
        "far-offset, PACKET_BOUNDS, 13, 10",
        "unchecked-lookup, NULLABLE_POINTER, 5, 5",
        "other-checked, MAP_VALUE_BOUNDS, 16, 16",
        "read-twice, MAP_VALUE_BOUNDS, 10, 8",
        "negative-length, LENGTH_ARGUMENT, 10, 8",
        "early-return, REFERENCE, 6, 6",
        "moved-packet, SCALAR_AS_POINTER, 9, 8",
        "user-pointer, SCALAR_AS_POINTER, 4, 4",
        "context-write, CONTEXT_ACCESS, 3, 3",
        "number-for-key, HELPER_ARGUMENT, 4, 4"
    })
    void causeFailingLineAndRootCauseAreFound(String log, Cause cause, int line, int root) throws IOException {
        Rejection rejection = explain(log);
        assertThat(rejection.cause()).isEqualTo(cause);
        assertThat(rejection.place().line()).isEqualTo(line);
        assertThat(rejection.rootCause().line()).isEqualTo(root);
        assertThat(rejection.message()).isNotBlank();
        assertThat(rejection.suggestion()).isNotBlank();
    }

    @Test
    void variablesAreCalledAsInTheSource() throws IOException {
        assertThat(explain("other-checked").message()).startsWith("'off' may be 0..65535 here");
        assertThat(explain("unchecked-lookup").suggestion()).contains("if (!value)");
        assertThat(explain("short-check").suggestion()).contains("(eth + 1) > data_end");
        assertThat(explain("far-offset").suggestion()).contains("if (len > 1500)");
    }

    @Test
    void theHistoryTellsWhereTheValueComesFromAndHowItWasUsed() throws IOException {
        List<HistoryEntry> history = explain("other-checked").history();
        assertThat(history)
                .extracting(HistoryEntry::event)
                .containsExactly(HistoryEntry.Event.SET, HistoryEntry.Event.COMPUTED, HistoryEntry.Event.USED);
        assertThat(history.getFirst().place().line()).isEqualTo(8);
        assertThat(history.getFirst().text()).isEqualTo("is loaded from the packet: a number (0..65535)");
    }

    @Test
    void aCheckOfMemoryThatIsReadAgainIsTold() throws IOException {
        assertThat(explain("read-twice").suggestion()).contains("check on line 8", "read again");
    }

    @Test
    void fixesStandWhereTheyBelong() throws IOException {
        Rejection rejection = explain("unchecked-lookup");
        assertThat(rejection.fixes()).singleElement().satisfies(fix -> {
            assertThat(fix.place().line()).isEqualTo(5);
            assertThat(fix.code().strip()).startsWith("if (!value) return");
        });
    }
}
