package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Places that are not there, and what a script wants then. */
@NeedsBpf
@Timeout(60)
class MissingProbesTest {
    private static final String THERE = "rawtracepoint:sys_enter { exit(); } ";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tracepoint:syscalls:nonsense     | WARNING: tracepoint not found: syscalls:nonsense
            kprobe:nonsense:vfs_read         | ERROR: specified module nonsense in probe kprobe:nonsense:vfs_read is not loaded.
            fentry:nonsense_function         | ERROR: No BTF found for nonsense_function.
            uprobe:libc:nonsense_function    | ERROR: Could not resolve symbol:
            rawtracepoint:nonsense:sys_exit  | ERROR: No BTF found for nonsense:sys_exit.
            """)
    void areMistakesWithTheirReason(String probe, String reason) {
        TraceRun run = TraceRun.of("-e", THERE + probe + " { }");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors())
                .contains(
                        reason,
                        "ERROR: Unable to attach probe: " + probe
                                + ". If this is expected, set the 'missing_probes' config variable to 'warn'.");
    }

    @Test
    void areSkippedWhereTheScriptSaysSo() {
        TraceRun run = TraceRun.of(
                "-e",
                "config = { missing_probes = \"warn\" } " + THERE + "kprobe:nonsense { } t:syscalls:nonsense { }");
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors())
                .contains(
                        "WARNING: Unable to attach probe: kprobe:nonsense. Skipping.",
                        "WARNING: Unable to attach probe: tracepoint:syscalls:nonsense. Skipping.",
                        "\nAttached 1 probe\n");
    }

    @Test
    void withNothingLeftThereIsNothingToRun() {
        TraceRun run = TraceRun.of("-e", "config = { missing_probes = \"warn\" } t:syscalls:nonsense { }");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("ERROR: Attachment failed for all probes.");
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
