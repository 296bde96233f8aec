package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong while a script runs is told with its place. */
@NeedsBpf
@Timeout(30)
class FailuresWhileRunningTest {
    @Test
    void aFullMapIs() {
        TraceRun run = TraceRun.of("-q", "-e", "let @a = hash(1); BEGIN { @a[1] = 1; @a[2] = 2; }");
        assertThat(run.output()).isEqualTo("\n\n@a[1]: 1\n");
        assertThat(run.errors())
                .startsWith("stdin:1:38-47: WARNING: Map full; can't update element. ")
                .contains("helper: map_update_elem, retcode: -7\n", "@a[2] = 2", "~~~~~~~~~");
        assertThat(TraceRun.of("-e", "let @a = percpuhash(1); BEGIN { @a[1] = count(); @a[2] = count(); }")
                        .errors())
                .contains("Map full");
    }

    @Test
    void aMapThatIsFullForHistogramsIs() {
        TraceRun run = TraceRun.of(
                "-q",
                "-e",
                "config = { max_map_keys = 1 } BEGIN { @h[1] = hist(1); @h[2] = hist(2); @l[1] = lhist(1, 1, 9, 1); "
                        + "@l[1] = lhist(1, 1, 9, 1); @m[1] = max(1); @m[2] = max(2); }");
        assertThat(run.errors().lines().filter(line -> line.contains("Map full")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("stdin:1:64-71: "))
                .anyMatch(line -> line.startsWith("stdin:1:151-157: "));
    }

    @Test
    void whatGoesWrongAgainAndAgainIsToldOnceWithItsNumber() {
        String script = "let @a = hash(1); BEGIN { for ($i : 0..1000) { @a[$i] = $i; @z = 1 / ($i * 0); } }";
        TraceRun run = TraceRun.of("-q", "-e", script);
        assertThat(run.errors().lines().filter(line -> line.contains("Map full")))
                .hasSize(1);
        assertThat(run.errors())
                .contains("Additional Info - helper: map_update_elem, retcode: -7, 999 times\n")
                .contains("as the result. (1000 times)\n");
        assertThat(TraceRun.of("-q", "-f", "json", "-e", script).output())
                .contains("\"retcode\": -7, \"filename\": \"stdin\", \"line\": 1, \"col\": 48, \"times\": 999}\n");
    }

    @Test
    void aDivisionByZeroIsAndComesToOne() {
        TraceRun run = TraceRun.of(
                "-q", "-e", "BEGIN { @z = 0; print(((uint64)10 / (uint64)@z, (uint64)10 % (uint64)@z)); clear(@z); }");
        assertThat(run.output()).isEqualTo("(1, 1)\n\n\n");
        assertThat(run.errors().lines().filter(line -> line.contains("WARNING: Divide or modulo by 0 detected.")))
                .hasSize(2);
    }

    @Test
    void aLoopThatTheKernelEndsIs() {
        TraceRun run = TraceRun.of(
                "-q",
                "-e",
                "BEGIN { $i = 0; while (true) { $i++; } printf(\"%d\\n\", $i > 1000000); print(3); exit(); }");
        assertThat(run.output()).isEqualTo("1\n3\n\n\n");
        assertThat(run.errors())
                .startsWith("stdin:1:17-39: WARNING: The kernel ended this loop, which did not end in time: ")
                .contains("while (true) { $i++; } printf", " ~~~~~~~~~~~~~~~~~~~~~~\n");
        assertThat(TraceRun.of("-q", "-e", "BEGIN { for ($i : 0..1000) { @ += $i; } }")
                        .errors())
                .isEmpty();
    }

    @Test
    void whatIsNotThereIsIfAskedFor() {
        String script = "BEGIN { @[1] = 1; delete(@, 2); printf(\"%d\\n\", @[3]); }";
        assertThat(TraceRun.of("-q", "-e", script).errors()).isEmpty();
        assertThat(TraceRun.of("-k", "-e", script).errors())
                .contains(
                        "stdin:1:19-31: WARNING: Can't delete map element because it does not exist.\n"
                                + "Additional Info - helper: map_delete_elem, retcode: -2\n",
                        "WARNING: Can't lookup map element because it does not exist.\n"
                                + "Additional Info - helper: map_lookup_elem, retcode: 0\n");
    }

    @Test
    void inJsonItIsADocument() {
        assertThat(TraceRun.of("-k", "-q", "-f", "json", "-e", "BEGIN { @[1] = 1; delete(@, 2); }")
                        .output())
                .contains("{\"type\": \"helper_error\", \"msg\": \"No such file or directory\", \"helper\": "
                        + "\"map_delete_elem\", \"retcode\": -2, \"filename\": \"stdin\", \"line\": 1, \"col\": 19}\n");
    }

    @Test
    @NeedsBpf
    void lostEventsAreToldByProbe() {
        TraceRun run = TraceRun.of(
                "-q",
                "-e",
                "config = { perf_rb_pages = 1 } BEGIN { for ($i : 0..2000) { printf(\"%d\\n\", $i); } } "
                        + "interval:ms:100 { exit(); }");
        assertThat(run.errors())
                .containsPattern("Lost \\d+ events\n")
                .containsPattern("by probe: (?i:begin): \\d+; perf_rb_pages");
    }

    @Test
    @NeedsBpf
    void memoryThatCannotBeReadIsToldIfAskedFor() {
        String script = "struct foo { int a; } BEGIN { print(((struct foo *)0)->a); print(str((uint64)1)); }";
        assertThat(TraceRun.of("-q", "-e", script).errors()).isEmpty();
        assertThat(TraceRun.of("-q", "-k", "-e", script).errors())
                .contains(
                        "stdin:1:38-57: WARNING: Bad address\nAdditional Info - helper: probe_read, retcode: -14\n",
                        "stdin:1:66-80: WARNING: Bad address\nAdditional Info - helper: probe_read_str, retcode: -14\n");
        assertThat(TraceRun.of("-q", "-k", "-f", "json", "-e", script).output())
                .contains("{\"type\": \"helper_error\", \"msg\": \"Bad address\", \"helper\": \"probe_read\", "
                        + "\"retcode\": -14, \"filename\": \"stdin\", \"line\": 1, \"col\": 38}\n");
    }

    @Test
    @NeedsBpf
    void soIsWhatALoopOverAMapCannotRead() {
        assertThat(TraceRun.of("-q", "-k", "-e", "BEGIN { @[1] = 1; for ($kv : @) { print(*(uint8 *)kptr(8)); } }")
                        .errors())
                .contains("helper: probe_read_kernel, retcode: ");
    }
}
