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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
    @TempDir
    Path folder;

    /** @param err with what went wrong and was missing */
    private record Result(int code, String out, String err) {}

    private static Result trace(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of("trace"));
        all.addAll(List.of(args));
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN { printf(\"%d %s %d\\n\", pid, comm, nsecs); @b = nsecs; exit(3); } END { @c = cpu; }",
                "tracepoint:syscalls:sys_enter_openat /comm == \"true\"/ { printf(\"%s %s %d\\n\", comm, str(args.filename), args.flags); }",
                "tracepoint:sched:sched_process_exec { @[str(args.filename), username] = count(); @k[kstack(5)] = count(); }",
                "rawtracepoint:sys_enter /comm == \"true\"/ { @[arg1] = count(); @u[ustack(3)] = count(); @r = max(rand); }",
                "rawtracepoint:sched_switch { $t = (struct task_struct *)arg1; @[$t.comm] = count(); @f[$t.parent.pid] = hist($t.pid); }",
                "uprobe:/lib/x86_64-linux-gnu/libc.so.6:execve { printf(\"%s %d %r\\n\", str(arg0), arg1, buf(arg0, 4)); @[ustack] = count(); }",
                "profile:hz:99 { @[tid, cpu] = count(); @e = lhist(elapsed / 1000000, 0, 500, 10); @k[kstack(perf, 3)] = count(); }",
                "interval:ms:5 { printf(\"%s %d\\n\", strftime(\"%H:%M:%S.%f\", nsecs), curtask); @[cgroup_path(cgroup)]++; }",
                "tracepoint:raw_syscalls:sys_enter { @start[tid] = nsecs; } tracepoint:raw_syscalls:sys_exit /@start[tid]/ "
                        + "{ @ns = hist(nsecs - @start[tid]); delete(@start[tid]); } interval:ms:100 { exit(); }",
                "tracepoint:syscalls:sys_enter_openat { @n++; } tracepoint:syscalls:sys_enter_openat /@n > 2/ { exit(7); }"
            })
    @NeedsBpf
    void aReplayPrintsWhatWasPrinted(String script) {
        String file = folder.resolve("r").toString();
        Result live = trace("-q", "--record", file, "-c", "/bin/sh -c '/bin/true; sleep 0.3; /bin/true'", "-e", script);
        assertThat(live.err()).isEmpty();
        assertThat(trace("-q", "--replay", file)).isEqualTo(live);
    }

    @Test
    @NeedsBpf
    void anotherScriptSeesTheSameEvents() {
        String file = folder.resolve("r").toString();
        trace("--record", file, "-c", "/bin/true", "-e", "tracepoint:sched:sched_process_exec /pid == 0/ { @n++; }");
        Result other = trace(
                "-q",
                "--replay",
                file,
                "-e",
                "tracepoint:sched:sched_process_exec { printf(\"%s\\n\", str(args.filename)); }");
        assertThat(other.err()).isEmpty();
        assertThat(other.out().lines()).contains("/bin/true");
    }

    @Test
    void aReplayIsNotRecordedAgain() {
        Result result = trace("--replay", "a", "--record", "b");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("--replay goes with none of --record");
    }

    @Test
    void whatIsNoRecordingIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "tracepoint:a:b { }");
        Result result = trace("--replay", file.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("this is no recording");
        assertThat(trace("--replay", "/nowhere").err()).contains("/nowhere");
    }
}
