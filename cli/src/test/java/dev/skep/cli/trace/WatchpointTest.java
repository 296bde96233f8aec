package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Accesses to addresses of a program, which the processor's debug registers see. */
@NeedsBpf
@NeedsTool("gcc")
@Timeout(60)
class WatchpointTest {
    @TempDir
    static Path folder;

    private static String program;
    private static String number;
    private static String function;

    /** It tells where its number and its function are, as it is not moved. With an argument it waits for input first. */
    @BeforeAll
    static void compile() throws Exception {
        Path source = Files.writeString(folder.resolve("watched.c"), """
                #include <stdio.h>
                volatile long number;
                void called(void) { __asm__ volatile(""); }
                int main(int count, char **words) {
                    if (count > 1) { puts("begun"); fflush(stdout); getchar(); }
                    for (int i = 0; i < 5; i++) { number = i; called(); }
                    long sum = number;
                    printf("%p %p %ld\\n", (void *) &number, (void *) called, sum);
                    return 0;
                }
                """);
        program = folder.resolve("watched").toString();
        run(List.of("gcc", "-O0", "-no-pie", "-fno-pie", "-o", program, source.toString()));
        Matcher places = Pattern.compile("(0x[0-9a-f]+) (0x[0-9a-f]+) 4\\n").matcher(run(List.of(program)));
        assertThat(places.matches()).isTrue();
        number = places.group(1);
        function = places.group(2);
    }

    private static String run(List<String> command) {
        return Tools.run(command, Duration.ofSeconds(30)).expectSuccess().stdout();
    }

    private static String traced(String script) {
        TraceRun run = TraceRun.of("-q", "-c", program, "-e", script);
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run.output();
    }

    /** What else is at the address, in the program's shell and loader, has not the program's name. */
    @Test
    void writesAreSeen() {
        assertThat(traced("watchpoint:" + number + ":8:w /comm == \"watched\"/ { @[reg(\"ip\") >> 12] = count(); }"))
                .contains("@[" + (Long.decode(function) >> 12) + "]: 5\n");
    }

    @Test
    void readsAndWritesAreSeen() {
        assertThat(traced("watchpoint:" + number + ":8:rw /comm == \"watched\"/ { @[reg(\"ip\") >> 12] = count(); }"))
                .contains("@[" + (Long.decode(function) >> 12) + "]: 6\n");
    }

    @Test
    void executionIsSeen() {
        assertThat(traced("w:" + function + ":8:x { @[comm, reg(\"ip\") == " + function + ", probe] = count(); }"))
                .contains("@[watched, true, watchpoint:" + Long.decode(function) + ":8:x]: 5\n");
    }

    @Test
    void aProcessCanBeWatchedAlone() throws Exception {
        Process watched = new ProcessBuilder(program, "waits").start();
        try (BufferedReader said = watched.inputReader()) {
            assertThat(said.readLine()).isEqualTo("begun");
            String go = "/proc/" + watched.pid() + "/fd/0";
            TraceRun run = TraceRun.of(
                    "-q",
                    "--unsafe",
                    "-p",
                    Long.toString(watched.pid()),
                    "-e",
                    "watchpoint:" + number + ":8:w { @ = count(); } interval:s:1 { system(\"echo > " + go + "\"); }");
            assertThat(run.errors()).isEmpty();
            assertThat(run.output()).contains("@: 5\n");
        } finally {
            watched.destroyForcibly();
        }
    }
}
