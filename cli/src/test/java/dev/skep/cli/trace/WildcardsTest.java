package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        assertThat(run.output())
                .containsPattern("Attached [0-9]{1,3} probes\n")
                .contains("@f[setlocale]: ", "libc.so.6:setlocale]: ");
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
    void thereAreNotMoreProbesThanTheSettingsAllow() {
        try {
            run("config = { max_probes = 3 } uprobe:libc:mem* { @ = count(); }");
        } catch (ScriptRun.NotCompiled e) {
            assertThat(e).hasMessageContaining("probes because it exceeds the current limit of 3 probes");
            return;
        }
        throw new AssertionError("more than three were attached");
    }

    @Test
    void whatLibrariesGaveToLibcIsFoundThere() {
        ScriptRun run =
                run("uprobe:libpthread:pthread_create { @ = count(); } BEGIN { printf(\"%s\\n\", \"begun\"); }");
        assertThat(run.output()).contains("Attached 2 probes\n", "begun\n");
    }
}
