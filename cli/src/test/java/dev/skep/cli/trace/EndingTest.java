package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When tracing ends, and what is printed then. */
@NeedsBpf
@Timeout(30)
class EndingTest {
    @Test
    void whatOnlyBeginsAndEndsDoesSoByItself() {
        TraceRun run = TraceRun.of("-e", "begin { printf(\"%s\", probe); } end { printf(\"-%s\\n\", probe); }");
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo("begin-end\n\n\n");
        assertThat(run.errors()).isEqualTo("Attached 2 probes\n");
    }

    @Test
    void nothingIsTakenThatComesAfterTheExit() {
        TraceRun run = TraceRun.of(
                "-q", "-e", "interval:us:100 { printf(\"x\\n\"); exit(); } END { printf(\"end\\n\"); exit(); }");
        assertThat(run.output()).isEqualTo("x\nend\n\n\n");
    }

    @Test
    void theCodeIsThatOfTheFirstExit() {
        assertThat(TraceRun.of("-e", "BEGIN { exit(69); } END { exit(3); }").exitCode())
                .isEqualTo(69);
    }

    @Test
    void theExitIsHeardEvenIfItsEventFindsNoRoom() {
        TraceRun run = TraceRun.of(
                "-q",
                "-e",
                "config = { perf_rb_pages = 1 } BEGIN { for ($i : 0..2000) { printf(\"%d\\n\", $i); } exit(7); } "
                        + "interval:s:100 { } END { printf(\"ended\\n\"); }");
        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.output()).contains("\nended\n");
        assertThat(run.errors()).containsPattern("Lost \\d+ events\n");
    }

    @Test
    void itEndsWithTheCommand() {
        long start = System.nanoTime();
        TraceRun run = TraceRun.of("-c", "sleep 0.3", "-e", "interval:s:100 { }");
        assertThat(run.exitCode()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(15));
    }

    @Test
    void iteratorsGoOverAllBeforeTheExitIsHeard() {
        TraceRun run = TraceRun.of("-q", "-e", "iter:task { printf(\"%s\\n\", ctx.task.comm); exit(); }");
        assertThat(run.output().lines().distinct().count()).isGreaterThan(2);
        assertThat(run.output()).contains("skep\n");
    }

    @Test
    void whatCannotBeStartedIsSaidAtOnce() {
        for (String command : new String[] {"/nonexistent/prog -x", "no-such-program", "/etc/passwd"}) {
            TraceRun run = TraceRun.of("-c", command, "-e", "BEGIN { printf(\"never\"); }");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors())
                    .startsWith("ERROR: Failed to fork child: Path '" + command.split(" ")[0]
                            + "' does not exist or is not executable");
        }
    }
}
