package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers of processes are those of the namespace that the tracer is in. */
@NeedsBpf
@NeedsTool("unshare")
class PidNamespaceTest {
    private static String traced(String script) {
        return Tools.run(
                        List.of(
                                "unshare",
                                "--fork",
                                "--pid",
                                "--mount-proc",
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.skep.cli.Main",
                                "trace",
                                "-q",
                                "-e",
                                script),
                        Duration.ofSeconds(60))
                .expectSuccess()
                .stdout();
    }

    @Test
    void theTracerIsTheFirstProcessOfItsOwn() {
        assertThat(traced("BEGIN { print(pid); }")).isEqualTo("1\n\n\n");
    }

    @Test
    void thoseOutsideHaveNoNumber() {
        assertThat(traced("rawtracepoint:sys_enter /comm != \"skep\" && pid == 0/ { print(pid); exit(); }"))
                .isEqualTo("0\n\n\n");
    }
}
