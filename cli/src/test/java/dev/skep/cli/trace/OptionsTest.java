package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of bpftrace. */
class OptionsTest {
    private static String mistake(String... args) {
        TraceRun run = TraceRun.of(args);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        return run.errors();
    }

    @Test
    void theHelpShowsHowItIsUsed() {
        TraceRun run = TraceRun.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("USAGE:", "skep trace", "--info", "Examples:");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheUsage() {
        assertThat(mistake("--idonotexist")).contains("--idonotexist", "USAGE:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --mode x           | USAGE: --mode can only be 'codegen', 'compiler-bench', 'bench', 'test' or 'format'.
            --test --bench     | USAGE: --bench conflicts with existing --mode
            --mode test --fmt  | USAGE: --fmt conflicts with existing --mode
            -k -k              | USAGE: -kk has been deprecated.
            -k --no-warnings   | USAGE: -k, --warnings conflicts with --no-warnings
            -d x               | USAGE: invalid option for -d: x
            --debug x          | USAGE: invalid option for -d: x
            --no-feature x     | USAGE: --no-feature can only have values
            -B x               | USAGE: -B must be either 'line', 'full', or 'none'.
            -f x               | Invalid output format "x"
            --emit-llvm x      | --emit-llvm and --aot are not supported
            -p 1x              | Failed to parse pid: invalid trailing bytes: 1x
            -p 1 -c true       | USAGE: Cannot use both -c and -p.
            """)
    void whatMakesNoSenseIsSaidInItsWords(String options, String message) {
        String[] args = (options.strip() + " -e BEGIN{}").split(" +");
        assertThat(mistake(args)).startsWith("ERROR: " + message);
    }

    @Test
    void withoutAScriptThereIsNothingToRun() {
        assertThat(mistake()).isEqualTo("ERROR: USAGE: filename or -e 'program' required.\n");
    }

    @Test
    @NeedsBpf
    void informationIsGivenInItsWords() {
        TraceRun run = TraceRun.of("--info");
        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("System\n  OS: Linux ", "Build\n", "Kernel helpers\n", "Loop support: yes", "ringbuf: yes");
    }

    @Test
    @NeedsBpf
    void onlyTheProbesThatAreWantedRun() {
        assertThat(TraceRun.of(
                                "-q",
                                "--test",
                                "--probe-filter",
                                "a$",
                                "-e",
                                "test:a { printf(\"a\\n\"); } test:b { printf(\"b\\n\"); }")
                        .output())
                .contains("Running 1 tests.", "a\n")
                .doesNotContain("b\n");
    }

    @Test
    @NeedsBpf
    void testsPassIfTheyComeToNothing() {
        String script =
                "test:good { @n++; } test:returns { return 1; } test:exits { exit(2); } test:complains { errorf(\"x\"); } test:last { print(7); }";
        TraceRun run = TraceRun.of("-q", "--test", "-e", script);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output().replaceAll("\033\\[\\d+m", "").replaceAll("\\d+ \u03bcs", "TIME"))
                .startsWith("""
                        [==========] Running 5 tests.
                        [ RUN      ] good
                        [       OK ] good (TIME)
                        [ RUN      ] returns
                        [  FAILED  ] returns (TIME)
                        [ RUN      ] exits
                        [  FAILED  ] exits (TIME)
                        [ RUN      ] complains
                        [  FAILED  ] complains (TIME)
                        [ RUN      ] last
                        7
                        [       OK ] last (TIME)
                        [==========] 5 tests ran.
                        [  PASSED  ] 2 tests.
                        [  FAILED  ] 3 tests, listed below:
                        [  FAILED  ] returns
                        [  FAILED  ] exits
                        [  FAILED  ] complains
                        """)
                .doesNotContain("@n");
        assertThat(TraceRun.of("-q", "--test", "-f", "json", "-e", "test:a { }").output())
                .matches(
                        "\\{\"type\": \"test_result\", \"data\": \\{\"a\": \\{\"duration\": \\d+, \"passed\": true}}}\n");
        assertThat(TraceRun.of("-q", "--test", "-e", "test:a { }").exitCode()).isZero();
    }

    @Test
    @NeedsBpf
    void headersAreReadBeforeTheScript(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("own.h"), "#define OWN 42\n");
        TraceRun run = TraceRun.of(
                "-q",
                "-I",
                folder.toString(),
                "--include",
                "own.h",
                "--include",
                "errno.h",
                "-e",
                "BEGIN { print(OWN); }");
        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).isEqualTo("42\n\n\n");
    }

    @Test
    @NeedsBpf
    void aStageOfCompilingIsShownAndNothingRun() {
        TraceRun run = TraceRun.of("-d", "ast", "--mode", "codegen", "-e", "BEGIN{print(1)}");
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).startsWith("AST after: parser\n").contains("print(1)");
    }

    @Test
    @NeedsBpf
    void bytesThatAreNoTextComeOutAsTheyAre() {
        TraceRun run = TraceRun.of("-q", "-e", "BEGIN { printf(\"a\\xff\\x80b\\n\"); }");
        assertThat(run.bytes()).isEqualTo(new byte[] {'a', (byte) 0xff, (byte) 0x80, 'b', '\n', '\n', '\n'});
    }

    @Test
    @NeedsBpf
    void theProcessIsCalledSkepInAScript() {
        assertThat(TraceRun.of("-q", "-e", "BEGIN { print(comm); }").output()).isEqualTo("skep\n\n\n");
    }

    @Test
    @NeedsBpf
    void benchmarksAreATable() {
        assertThat(TraceRun.of("-q", "--bench", "-e", "bench:a { @ = count(); }")
                        .output())
                .containsPattern("Benchmark {32}Time\\(ns\\) {7}Iterations\n-{66}\na {40}\\d+ +100000\n")
                .doesNotContain("@");
    }
}
