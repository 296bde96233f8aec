package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wildcards in processes' functions: one program at all places, which knows at which one it is. */
@NeedsBpf
@NeedsKernel(feature = KernelFeature.UPROBE_MULTI)
class WildcardsTest {
    private @Nullable Process cat;

    /** The load is a cat that lives until the test ends, so that its addresses have names. */
    private ScriptRun run(String script) {
        return ScriptRun.of(new SourceText("stdin", script), Settings.DEFAULTS, () -> {
            try {
                cat = new ProcessBuilder("cat").start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @AfterEach
    void end() {
        if (cat != null) {
            cat.destroyForcibly();
        }
    }

    @Test
    void oneProgramIsAtAllPlacesAndKnowsWhichOneItIsAt() {
        ScriptRun run = run("uprobe:libc:set* { @f[func] = count(); @p[probe] = count(); }");
        assertThat(run.probes()).isEqualTo(1);
        assertThat(run.errors()).containsPattern("Attached [0-9]{1,3} probes\n");
        assertThat(run.output()).contains("@f[setlocale]: ", "libc.so.6:setlocale]: ");
    }

    @Test
    void theNameOfTheProbeIsATextLikeOthers() {
        ScriptRun run = run(
                "uprobe:libc:set* /probetype == \"uprobe\"/ {"
                        + " if (probe == \"uprobe:/x:y\") { printf(\"never\\n\"); } printf(\"%s %d\\n\", probe, strlen(probe) > 20); }");
        assertThat(run.output())
                .containsPattern("uprobe:/\\S+/libc.so.6:setlocale 1\n")
                .doesNotContain("never");
    }

    @Test
    void whenFunctionsReturnTheProgramKnowsThemToo() {
        ScriptRun run = run("uretprobe:libc:set* { @[func, retval != 0] = count(); }");
        assertThat(run.output()).contains("@[setlocale, true]: ");
    }

    @Test
    void whatIsAttachedTogetherIsOneProbeToTheLimit() {
        assertThat(run("config = { max_probes = 3 } uprobe:libc:mem* { @ = count(); }")
                        .errors())
                .doesNotContain("ERROR", "WARNING");
        assertThatThrownBy(() -> run("config = { max_probes = 3 } tracepoint:syscalls:sys_enter_o* { @ = count(); }"))
                .isInstanceOf(ScriptRun.NotCompiled.class)
                .hasMessageContaining("probes because it exceeds the current limit of 3 probes");
    }

    /** Were those left in that the kernel takes for jumps, no process could print numbers any more, ours included. */
    @Test
    void allOfALibraryIsAttachedButWhatCannotBeProbed() {
        ScriptRun run = run("uprobe:libc:* { @[func] = count(); @own[pid == "
                + ProcessHandle.current().pid() + "] = count(); }");
        assertThat(run.errors()).containsPattern("Attached [0-9]{4} probes\n");
        assertThat(run.output()).contains("@own[false]: ").doesNotContain("@own[true]");
        assertThat(run.errors()).doesNotContain("ERROR");
        assertThat(String.format("%d%s", 1, "a")).isEqualTo("1a");
    }

    @Test
    @NeedsTool("gcc")
    void whatWouldBreakTheProgramIsLeftOutAndTold(@TempDir Path folder) throws IOException {
        String program = VectorFunctions.compile(folder).toString();
        ScriptRun run = ScriptRun.of(
                new SourceText("stdin", "uprobe:" + program + ":vector_* { @ = count(); }"),
                Settings.DEFAULTS,
                () -> assertThat(Tools.run(List.of(program), Duration.ofSeconds(20))
                                .stdout())
                        .isEqualTo("1 2 3\n"));
        assertThat(run.output()).contains("@: 2\n");
        assertThat(run.errors())
                .contains("Attached 2 probes\n")
                .contains(
                        ":vector_* is not at 1 of its places: Linux takes the first instruction for another, and the program would go wrong: vector_jump",
                        ":vector_* is not at 1 of its places: the kernel cannot put a probe there: vector_output");
        assertThatThrownBy(() -> run("uprobe:" + program + ":vector_jump { }"))
                .hasMessageContaining("for another if there is a probe, and the program would go wrong");
        assertThatThrownBy(() -> run("uprobe:" + program + ":vector_output { }"))
                .hasMessageContaining("Linux cannot replace the instruction at 0x");
    }

    @Test
    void withoutTheKernelsHelpEachFunctionIsAProbeOfItsOwn() {
        String script = "config = { max_probes = 3 } uprobe:libc:mem* { exit(); } BEGIN { exit(); }";
        assertThat(TraceRun.of("-q", "-e", script).errors()).isEmpty();
        TraceRun apart = TraceRun.of("-q", "--no-feature", "uprobe_multi,kprobe_multi", "-e", script);
        assertThat(apart.errors()).contains("probes because it exceeds the current limit of 3 probes");
    }

    @Test
    void whatLibrariesGaveToLibcIsFoundThere() {
        ScriptRun run =
                run("uprobe:libpthread:pthread_create { @ = count(); } BEGIN { printf(\"%s\\n\", \"begun\"); }");
        assertThat(run.errors()).contains("Attached 2 probes\n");
        assertThat(run.output()).contains("begun\n");
    }
}
