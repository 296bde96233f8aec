package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.Main;
import dev.skep.testkit.NeedsBpf;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int trace(String... args) {
        List<String> all = new ArrayList<>(List.of("trace"));
        all.addAll(List.of(args));
        return Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    }

    @Test
    @NeedsBpf
    void aScriptPrintsAndEndsWithItsCode() {
        assertThat(trace("-e", "BEGIN { printf(\"hello %d\\n\", 42); exit(7); }"))
                .isEqualTo(7);
        assertThat(out).hasToString("hello 42\n\n\n");
        assertThat(err).hasToString("Attached 1 probe\n");
    }

    @Test
    @NeedsBpf
    void mapsArePrintedAtTheEnd() {
        assertThat(trace("-q", "-e", "BEGIN { @a[\"x\", 1] = count(); @b = sum(5); @b = sum(6); exit(); }"))
                .isZero();
        assertThat(out).hasToString("\n\n@a[x, 1]: 1\n@b: 11\n");
    }

    @Test
    @NeedsBpf
    void textsThatAreEqualAreOneKeyWhateverStoodThereBefore() {
        assertThat(
                        trace(
                                "-q",
                                "-e",
                                "BEGIN { $s = \"aaaaaaaaaaaaaaa\"; @[$s] = 1; $s = \"b\"; @[$s] = 2; $t = \"b\"; @[$t] = 3; exit(); }"))
                .isZero();
        assertThat(out.toString().lines().filter(line -> !line.isEmpty()))
                .containsExactly("@[aaaaaaaaaaaaaaa]: 1", "@[b]: 3");
    }

    @Test
    @NeedsBpf
    void jsonIsADocumentInEachLine() {
        assertThat(trace("-f", "json", "-e", "BEGIN { printf(\"a\\n\"); @h = hist(3); exit(); }"))
                .isZero();
        assertThat(out).hasToString("""
                {"type": "attached_probes", "count": 1, "data": {"probes": 1}}
                {"type": "printf", "data": "a\\n"}
                {"type": "map", "data": {"@h": [{"min": 2, "max": 3, "count": 1}]}}
                """.replace("{\"type\": \"map\"", "{\"type\": \"hist\""));
    }

    @Test
    @NeedsBpf
    void eventsOfTracepointsArriveInAFileToo() throws Exception {
        Path results = folder.resolve("results");
        assertThat(trace(
                        "-o",
                        results.toString(),
                        "-e",
                        "tracepoint:syscalls:sys_enter_nanosleep,tracepoint:raw_syscalls:sys_enter "
                                + "{ @[probe] = count(); } interval:ms:300 { exit(); }"))
                .isZero();
        assertThat(Files.readString(results)).contains("@[tracepoint:raw_syscalls:sys_enter]: ");
    }

    @Test
    @NeedsBpf
    void aCommandIsTracedFromItsBeginningToItsEnd() {
        assertThat(
                        trace(
                                "-c",
                                "/bin/true",
                                "-e",
                                "tracepoint:sched:sched_process_exec /comm == \"true\"/ { printf(\"exec\\n\"); } END { printf(\"end\\n\"); }"))
                .isZero();
        assertThat(out).hasToString("exec\nend\n\n\n");
    }

    @Test
    @NeedsBpf
    void aDryRunAttachesOnly() {
        assertThat(trace("--dry-run", "-e", "BEGIN { printf(\"no\\n\"); } interval:s:1 { exit(); }"))
                .isZero();
        assertThat(out.toString() + err).isEmpty();
    }

    @Test
    void aMistakeIsShownWhereItIs() {
        assertThat(trace("-e", "BEGIN { printf(\"%d\", ; }")).isEqualTo(1);
        assertThat(err.toString()).contains("stdin:1:", "ERROR: ", "~");
        assertThat(out).hasToString("");
    }

    @Test
    void whatMakesNoSenseOnTheCommandLineIsSaid() {
        assertThat(trace("-p", "a1", "-e", "BEGIN {}")).isEqualTo(1);
        assertThat(trace("-p", "5000000", "-e", "BEGIN {}")).isEqualTo(1);
        assertThat(trace("-f", "jsonx", "-e", "BEGIN {}")).isEqualTo(1);
        assertThat(trace("not-there.bt")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "ERROR: Failed to parse pid: invalid integer: a1",
                        "ERROR: Pid out of range: 5000000",
                        "ERROR: Invalid output format \"jsonx\"",
                        "ERROR: failed to open file 'not-there.bt': No such file or directory");
    }

    @Test
    @NeedsBpf
    void probesAreListed() {
        assertThat(trace("-l", "software:*,interval:*")).isZero();
        assertThat(out.toString()).contains("software:cpu:\n", "interval:ms:\n");
        assertThat(trace("-l", "nothing:like:this")).isZero();
    }

    @Test
    @NeedsBpf
    void aListIsOfWhatAPatternSaysAsBpftraceReadsIt() {
        assertThat(listed("-l", "interval:ms:*")).containsExactly("interval:ms:");
        assertThat(listed("-l", "rawtracepoint:sched_switch")).containsExactly("rawtracepoint:vmlinux:sched_switch");
        assertThat(listed("-l", "*:sched:sched_switch")).containsExactly("tracepoint:sched:sched_switch");
        assertThat(listed("-l", "self:*")).containsExactly("self:signal:SIGUSR1");
        assertThat(listed("-l", "tracepoint:syscalls:")).isEmpty();
        assertThat(listed("-l", "iter:task*")).contains("iter:task").noneMatch(name -> name.contains("__"));
        assertThat(listed("-lv", "iter:task_file")).contains("    struct file * file", "    u32 fd");
        assertThat(listed("-l", "struct list_head")).containsExactly("struct list_head");
        assertThat(listed("-lv", "struct list_head"))
                .containsExactly(
                        "vmlinux: struct list_head {",
                        "\tstruct list_head *next;",
                        "\tstruct list_head *prev;",
                        "};",
                        "");
        assertThat(listed("-lv", "struct vm_fault")).contains("\tunion {", "\t\tpte_t orig_pte;");
    }

    private List<String> listed(String... arguments) {
        int before = out.toString().length();
        assertThat(trace(arguments)).isZero();
        return out.toString().substring(before).lines().toList();
    }

    @Test
    @NeedsBpf
    void theArgumentsOfProbesAreListed() {
        assertThat(trace("-lv", "t:syscalls:sys_enter_openat")).isZero();
        assertThat(out).hasToString("""
                tracepoint:syscalls:sys_enter_openat
                    int __syscall_nr
                    int dfd
                    const char * filename
                    int flags
                    umode_t mode
                """);
    }
}
