package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.Main;
import dev.skep.testkit.NeedsBpf;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ctrl-C and kill, as they come to a process of its own. */
@NeedsBpf
@Timeout(60)
class InterruptedTest {
    private static final String SCRIPT = "interval:ms:10 { @n = count(); } END { printf(\"end\\n\"); }";

    private Process process;
    private BufferedReader errors;

    /** Starts a tracer, and waits until all is attached. @param before what the shell does first */
    private void start(String before, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                before + "exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "trace"));
        command.addAll(List.of(args));
        process = new ProcessBuilder(command).start();
        errors = process.errorReader();
        String line = errors.readLine();
        while (line != null && !line.startsWith("Attached ")) {
            line = errors.readLine();
        }
        assertThat(line).isNotNull();
    }

    private void send(String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private String ended(int code) throws Exception {
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
        return printed;
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void theScriptEndsAndItsMapsArePrinted() throws Exception {
        start("", "-e", SCRIPT);
        Thread.sleep(Duration.ofMillis(100));
        send("INT");
        assertThat(ended(0)).startsWith("end\n\n\n@n: ");
    }

    @Test
    void killDoesTheSame() throws Exception {
        start("", "-e", SCRIPT);
        send("TERM");
        assertThat(ended(0)).startsWith("end\n");
    }

    /** As a shell starts a script's jobs in the background. */
    @Test
    void whereTheSignalWasIgnoredItIsTakenToo() throws Exception {
        start("trap '' INT; ", "-e", SCRIPT);
        send("INT");
        assertThat(ended(0)).startsWith("end\n");
    }

    @Test
    void aKeyThatWasPressedTwiceLosesNothing() throws Exception {
        start("", "-e", SCRIPT);
        send("INT");
        send("INT");
        assertThat(ended(0)).startsWith("end\n");
    }

    @Test
    void whoAsksAgainLaterDoesNotWait() throws Exception {
        start("", "--unsafe", "-e", "interval:s:100 { } END { system(\"sleep 50\"); }");
        send("INT");
        Thread.sleep(Duration.ofSeconds(1));
        send("INT");
        ended(130);
    }

    @Test
    void aCommandIsEndedWithTheTracer() throws Exception {
        start("", "-c", "sleep 77", "-e", "interval:s:100 { }");
        List<ProcessHandle> children = process.children().toList();
        assertThat(children).hasSize(1);
        send("INT");
        ended(0);
        children.getFirst().onExit().get(10, TimeUnit.SECONDS);
        assertThat(children.getFirst().isAlive()).isFalse();
    }
}
