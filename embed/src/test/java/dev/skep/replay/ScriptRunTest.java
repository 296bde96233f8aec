package dev.skep.replay;

import static dev.skep.replay.MadeUpEvent.probe;
import static dev.skep.replay.MadeUpEvent.tracepoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.skep.trace.print.MapContent;
import dev.skep.trace.print.Value;
import dev.skep.trace.record.Recording;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptRunTest {
    private static final Recording SWITCHES = MadeUp.recording(
            tracepoint("sched:sched_switch").with("prev_comm", "bash").with("prev_pid", 5),
            tracepoint("sched:sched_switch").with("prev_comm", "a name of 15 b").with("prev_pid", -6),
            tracepoint("sched:sched_switch").with("prev_pid", 5));

    private static ScriptResult run(String script, Recording recording) {
        return ScriptRun.of(script).over(recording);
    }

    @Test
    void membersOfTracepointsAreWhatWasGiven() {
        ScriptResult result =
                run("tracepoint:sched:sched_switch { printf(\"%d %s\\n\", args.prev_pid, args.prev_comm); }", SWITCHES);
        assertThat(result.text()).startsWith("5 bash\n-6 a name of 15 b\n5 \n");
        assertThat(result.summary()).isEqualTo(new Replay.Summary(0, 3, 0, Map.of(), 0));
    }

    @Test
    void mapsCanBeLookedInto() {
        ScriptResult result = run("t:sched:sched_switch { @[args.prev_pid] = count(); @n++; }", SWITCHES);
        assertThat(result.maps().get("n").entries())
                .containsExactly(new MapContent.Entry(Optional.empty(), new Value.Number(3, true)));
        assertThat(result.lines()).containsExactly("@[-6]: 1", "@[5]: 2", "@n: 3");
    }

    @Test
    void theTaskIsTheEvents() {
        Recording recording = MadeUp.recording(probe("interval:s:1")
                .pid(7)
                .tid(8)
                .uid(9)
                .gid(10)
                .comm("me")
                .cpu(3)
                .at(Duration.ofMillis(1500)));
        assertThat(run(
                                "interval:s:1 { printf(\"%d %d %d %d %s %d %d\", pid, tid, uid, gid, comm, cpu, elapsed); }",
                                recording)
                        .text())
                .startsWith("7 8 9 10 me 3 1500000000");
    }

    @Test
    void functionsHaveArgumentsAndResults() {
        Recording recording = MadeUp.recording(
                probe("uprobe:/bin/app:open").argument(0, "/tmp/x").argument(1, 2),
                probe("uretprobe:/bin/app:open").result(-13),
                probe("kprobe:vfs_read").argument(2, 4096));
        assertThat(run("""
                                uprobe:/bin/app:open { printf("%s %d\\n", str(arg0), arg1); }
                                uretprobe:/bin/app:open { printf("%d\\n", (int32)retval); }
                                kprobe:vfs_read { printf("%d\\n", arg2); }""", recording).text()).startsWith("/tmp/x 2\n-13\n4096\n");
    }

    @Test
    void exitEndsTheReplayWithItsCode() {
        ScriptResult result = run("t:sched:sched_switch { @n++; exit(4); } END { printf(\"bye\\n\"); }", SWITCHES);
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.lines()).containsExactly("bye", "@n: 1");
    }

    @Test
    void whatIsNotRecordedFailsAndIsCounted() {
        ScriptResult result = run(
                "t:sched:sched_switch { $p = (uint64)args.prev_pid; @s[str(uptr($p))] = count(); @[kstack] = count(); }",
                SWITCHES);
        assertThat(result.summary().missing()).containsOnlyKeys("bpf_probe_read_user_str", "kstack");
        assertThat(result.summary().isComplete()).isFalse();
        assertThat(result.lines()).contains("@s[]: 3");
    }

    @Test
    void probesThatTheRecordingDoesNotKnowAreErrors() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> run("tracepoint:sched:sched_wakeup { exit(); }", SWITCHES))
                .withMessageContaining("sched_wakeup");
    }

    @Test
    void aRecordingInAFileIsTheSame(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SWITCHES.write(bytes);
        Path file = Files.write(folder.resolve("switches.rec"), bytes.toByteArray());
        assertThat(ScriptRun.of("t:sched:sched_switch { @n++; }").over(file).lines())
                .containsExactly("@n: 3");
        assertThat(Recording.read(file)).isEqualTo(SWITCHES);
    }

    @Test
    void anEventRunsEachOfTheScriptsProgramsAtItsProbe() {
        assertThat(run("t:sched:sched_switch { @a++; } t:sched:sched_switch { @b += 2; }", SWITCHES)
                        .lines())
                .containsExactly("@a: 3", "@b: 6");
    }
}
