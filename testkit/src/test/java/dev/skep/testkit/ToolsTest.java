package dev.skep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void capturesBothStreamsAndTheExitCode() {
        Tools.Result result = Tools.run(List.of("sh", "-c", "echo out; echo err >&2; exit 3"), SOON);

        assertThat(result).isEqualTo(new Tools.Result(3, "out\n", "err\n"));
        assertThatThrownBy(result::expectSuccess)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("err");
    }

    @Test
    void passesMoreThanAPipeHolds() {
        byte[] much = "0123456789abcdef".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        assertThat(Tools.run(List.of("cat"), much, Path.of("/"), SOON).stdout()).hasSize(much.length);
    }

    @Test
    void killsWhatTakesTooLong() {
        assertThatThrownBy(() -> Tools.run(List.of("sh", "-c", "sleep 60; true"), Duration.ofMillis(200)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not done after PT0.2S");
    }

    @Test
    void findsProgramsOnThePath() {
        assertThat(Tools.find("sh")).isPresent();
        assertThat(Tools.find("no-such-program")).isEmpty();
    }
}
