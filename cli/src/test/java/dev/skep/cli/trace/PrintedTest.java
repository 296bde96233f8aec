package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What running scripts print, as bpftrace 0.27.1 does. */
@NeedsBpf
@Timeout(60)
class PrintedTest {
    private static final String EVERY_KIND = "@a = avg(1); @c = count(); @h = hist(1); @i = 1; @k[1] = 1; "
            + "@l = lhist(1, 0, 10, 5); @m = min(1); @s = sum(1); @st = stats(1); @str = \"x\"; @t = (1, 2); @x = max(1); ";

    private static String printed(String script) {
        TraceRun run = TraceRun.of("-q", "-e", script);
        assertThat(run.errors()).isEmpty();
        return run.output();
    }

    private static String json(String script) {
        return TraceRun.of("-q", "-f", "json", "-e", script).output();
    }

    @Test
    void ofAMapsElementOnlyTheValueIs() {
        assertThat(
                        printed(
                                "BEGIN { @a[1] = 5; @c[\"x\", 2] = count(); print(@a[1]); print(@a[7]); print(@c[\"x\", 2]); clear(@a); clear(@c); }"))
                .isEqualTo("5\n0\n1\n\n\n");
        assertThat(json("BEGIN { @a[1] = 5; print(@a[1]); clear(@a); }"))
                .isEqualTo("{\"type\": \"value\", \"data\": 5}\n");
    }

    @Test
    void mapsThatNeverHeldAnythingAreNotThereAtTheEnd() {
        assertThat(printed("BEGIN { if (pid == 0) { " + EVERY_KIND + "} }")).isEqualTo("\n\n");
    }

    @Test
    void norAreThoseThatWereCleared() {
        assertThat(printed("BEGIN { @a = avg(1); @c = count(); @h = hist(1); @s = sum(1); @st = stats(1); @m = min(1); "
                        + "clear(@a); clear(@c); clear(@h); clear(@s); clear(@st); clear(@m); }"))
                .isEqualTo("\n\n");
    }

    @Test
    void whoeverAsksForOneGetsZero() {
        assertThat(printed("BEGIN { if (pid == 0) { " + EVERY_KIND
                        + "} print(@a); print(@c); print(@h); print(@i); print(@k); "
                        + "print(@l); print(@m); print(@s); print(@st); print(@str); print(@t); print(@x); }"))
                .isEqualTo("@a: 0\n@c: 0\n@i: 0\n@m: 0\n@s: 0\n@st: { .count = 0, .average = 0, .total = 0 }\n"
                        + "@str: \n@t: (0, 0)\n@x: 0\n\n\n");
        assertThat(
                        json(
                                "BEGIN { if (pid == 0) { @h = hist(1); @k[1] = 1; @c = count(); } print(@h); print(@k); print(@c); }"))
                .isEqualTo("{\"type\": \"map\", \"data\": {\"@c\": 0}}\n");
    }

    @Test
    void whatWasSetToZeroIsThere() {
        assertThat(
                        printed(
                                "BEGIN { @c = count(); @m = min(3); @s = sum(3); @x = max(3); @y = sum(0); zero(@c); zero(@m); zero(@s); zero(@x); }"))
                .isEqualTo("\n\n@c: 0\n@m: 0\n@s: 0\n@x: 0\n@y: 0\n");
    }

    @Test
    void divisorsLeaveTotalsAndStepsAlone() {
        TraceRun run = TraceRun.of(
                "-q",
                "-e",
                "BEGIN { @s[1] = stats(10); @s[1] = stats(20); print(@s, 1, 5); @l = lhist(5, 0, 10, 2); print(@l, 1, 5); }");
        assertThat(run.output())
                .startsWith("@s[1]: { .count = 2, .average = 3, .total = 30 }\n@l:\n[4, 6)                 1 |@@");
    }

    @Test
    void timeElapsesFromTheBeginning() {
        assertThat(printed("BEGIN { print(elapsed < (uint64)1000000000); }")).isEqualTo("true\n\n\n");
    }

    @Test
    void whatAScriptComplainsOfEndsItsLine() {
        assertThat(TraceRun.of("-q", "-e", "BEGIN { errorf(\"a\"); warnf(\"b\\n\"); }")
                        .errors())
                .isEqualTo("stdin:1:9-20: ERROR: a\nstdin:1:22-34: WARNING: b\n");
    }

    @Test
    void inJsonComplaintsAreDocuments() {
        assertThat(json("BEGIN { errorf(\"bad %d\", 5); warnf(\"w\"); @x = 0; print(10 / @x); clear(@x); }"))
                .hasLineCount(4)
                .contains(
                        "{\"type\": \"errorf\", \"msg\": \"bad 5\", \"filename\": \"stdin\", \"line\": 1, \"col\": 9}\n",
                        "{\"type\": \"warnf\", \"msg\": \"w\", \"filename\": \"stdin\", \"line\": 1, \"col\": 30}\n",
                        "{\"type\": \"runtime_error\", \"msg\": \"Divide or modulo by 0 detected. This can lead to "
                                + "unexpected results. 1 is being used as the result.\", \"filename\": \"stdin\", "
                                + "\"line\": 1, \"col\": 56}\n",
                        "{\"type\": \"value\", \"data\": 1}\n");
    }

    @Test
    void aDivisionByZeroShowsItsLine() {
        assertThat(TraceRun.of("-q", "-e", "BEGIN { @x = 0; print(10 / @x); }").errors())
                .endsWith("used as the result.\nBEGIN { @x = 0; print(10 / @x); }\n                      ~~~~~~~\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "exit 3; ERROR: command exited with code 3; ''",
                "echo x && exit 127; ERROR: command exited with code 127; x",
                "kill -9 $$; ERROR: child process did not exit normally; ''",
                "true; ''; ''"
            })
    void aCommandThatFailsIsAnError(String command, String error, String shown) {
        TraceRun run = TraceRun.of("-q", "--unsafe", "-e", "BEGIN { system(\"" + command + "\"); }");
        assertThat(run.errors().strip()).isEqualTo(error);
        assertThat(run.output().strip()).isEqualTo(shown);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aFolderHasNothingToShow() {
        assertThat(printed("BEGIN { cat(\"/tmp\"); }")).isEqualTo("\n\n");
    }

    @Test
    void whatHasNoNameIsUnknown() {
        assertThat(printed(
                        "BEGIN { print(strerror(9999)); print(syscall_name(99999)); print(ksym(0)); print(usym(5)); }"))
                .isEqualTo("Unknown error\nUnknown syscall\n0\n0x5\n\n\n");
    }

    @Test
    void programsOfBpfAreOfNoModule() {
        assertThat(printed("BEGIN { print(kstack(perf, 1)); }"))
                .contains(" bpf_prog_")
                .doesNotContain("(bpf)");
    }

    @Test
    void theTracerIsAProcessOfOneThread() {
        assertThat(printed("BEGIN { print(tid == pid); } END { print(tid == pid); }"))
                .isEqualTo("true\ntrue\n\n\n");
    }
}
