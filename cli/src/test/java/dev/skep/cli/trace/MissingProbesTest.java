package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Places that are not there, and what a script wants then. */
@NeedsBpf
@Timeout(60)
class MissingProbesTest {
    private static final String THERE = "rawtracepoint:sys_enter { exit(); } ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tracepoint:syscalls:nonsense     | No matches for tracepoint syscalls:nonsense.
            kprobe:nonsense:vfs_read         | specified module nonsense in probe kprobe:nonsense:vfs_read is not loaded.
            kprobe:nonsense_function         | No matches for kprobe nonsense_function.
            fentry:nonsense_function         | No matches for fentry nonsense_function.
            uprobe:libc:nonsense_function    | No matches for uprobe libc:nonsense_function.
            uprobe:/nonsense:main            | uprobe target file '/nonsense' does not exist or is not executable
            uprobe:/etc/passwd:main          | uprobe target file '/etc/passwd' does not exist or is not executable
            usdt:libc:a:nonsense             | No matches for usdt libc:nonsense.
            rawtracepoint:nonsense:sys_exit  | No matches for rawtracepoint nonsense:sys_exit.
            """)
    void areMistakesWithTheirReason(String probe, String reason) {
        TraceRun run = TraceRun.of("-e", THERE + probe + " { }");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("ERROR: " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tracepoint:syscalls:nonsense*",
                "tracepoint:nonsense*:*",
                "rawtracepoint:nonsense",
                "fentry:nonsense*",
                "uprobe:libc:nonsense*",
                "usdt:libc:nonsense"
            })
    void whatMayBeNowhereIsAMistakeOnlyIfNothingElseOfTheProbeIsThere(String point) {
        TraceRun alone = TraceRun.of("-e", THERE + point + " { }");
        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.errors())
                .contains("ERROR: Probe has no valid attach points. If this is expected, set the 'missing_probes'");
        TraceRun beside = TraceRun.of("-q", "-e", "rawtracepoint:sys_enter," + point + " { exit(); }");
        assertThat(beside.errors()).isEmpty();
        assertThat(beside.exitCode()).isZero();
    }

    @Test
    void areSkippedWhereTheScriptSaysSo() {
        TraceRun run = TraceRun.of(
                "-e",
                "config = { missing_probes = \"warn\" } " + THERE + "kprobe:nonsense { } t:syscalls:nonsense { }");
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors())
                .contains(
                        "WARNING: No matches for kprobe nonsense. Skipping.",
                        "WARNING: No matches for tracepoint syscalls:nonsense. Skipping.",
                        "WARNING: Probe has no valid attach points. It is being removed",
                        "\nAttached 1 probe\n");
    }

    @Test
    void withNothingLeftThereIsNothingToRun() {
        TraceRun run = TraceRun.of("-e", "config = { missing_probes = \"warn\" } t:syscalls:nonsense { }");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("ERROR: No probes to attach");
    }

    @Test
    void whatTheKernelRefusesEndsTheRunWithACodeOfItsOwn() {
        TraceRun run = TraceRun.of("-e", "watchpoint:0x1001:8:w { }");
        assertThat(run.exitCode()).isEqualTo(255);
        assertThat(run.errors())
                .contains(
                        "ERROR: Unable to attach probe: watchpoint:4097:8:w. If this is expected, set the 'missing_probes'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            test:a { }  | No probes attached; use --test to run test probes.
            bench:a { } | No probes attached; use --bench to run benchmark probes.
            """)
    void testsAndBenchmarksAloneWantToBeAskedFor(String script, String reason) {
        TraceRun run = TraceRun.of("-e", script);
        assertThat(run.exitCode()).isEqualTo(255);
        assertThat(run.errors()).isEqualTo("ERROR: " + reason + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            interval:1s                | interval:us:1000000
            interval:1000000           | interval:us:1000
            interval:ms:1e2            | interval:ms:100
            profile:ms:0x10            | profile:ms:16
            software:cpu-clock         | software:cpu-clock
            software:cpu-clock:1e6     | software:cpu-clock:1000000
            rawtracepoint:sys_enter,   | rawtracepoint:vmlinux:sys_enter
            """)
    void probesHaveTheirNumbersInOneForm(String point, String name) {
        TraceRun run = TraceRun.of("-q", "-e", point + " { printf(\"<%s>\", probe); exit(); }");
        assertThat(run.errors()).isEmpty();
        assertThat(run.output()).contains("<" + name + ">");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uprobe:libc:getpid+100000  | Offset outside the function bounds ('getpid' size is
            uprobe:libc:0x1            | Could not resolve address:
            """)
    void placesOutsideOfFunctionsAreRefused(String probe, String reason) {
        TraceRun run = TraceRun.of("-e", probe + " { }");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("ERROR: " + reason);
    }
}
