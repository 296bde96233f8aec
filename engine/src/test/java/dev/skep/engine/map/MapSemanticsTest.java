package dev.skep.engine.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The engine's maps answer as the kernel's. Scripts and what Linux 6.18 answered on two CPUs are in {@code
 * src/test/resources/maps}; {@code src/test/c/map_semantics.sh} makes them again. Where bpf(2) is allowed, other scripts are
 * played on this kernel as well.
 */
class MapSemanticsTest {
    private static final Path SOURCE = Path.of("src/test/c/map_semantics.c");
    private static final Path RECORDED = Path.of("src/test/resources/maps");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"operations", "creations"})
    void theEngineAnswersAsLinux618(String name) throws IOException {
        String script = Files.readString(RECORDED.resolve(name + ".script"));
        String kernel = Files.readString(RECORDED.resolve(name + ".transcript"));

        assertSame(script, playOnEngine(script, 2), kernel);
    }

    @Test
    void theRecordedScriptsAreWhatTheGeneratorWrites() throws IOException {
        assertThat(Files.readString(RECORDED.resolve("operations.script"))).isEqualTo(Scripts.operations());
        assertThat(Files.readString(RECORDED.resolve("creations.script"))).isEqualTo(Scripts.creations());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @NeedsBpf
    @NeedsTool("cc")
    void theEngineAnswersAsThisKernel(long seed, @TempDir Path folder) throws IOException {
        Path player = folder.resolve("map_semantics");
        Tools.run(List.of("cc", "-O1", "-o", player.toString(), SOURCE.toString(), "-lbpf"), TIMEOUT)
                .expectSuccess();
        int cpus = possibleCpus();
        String script = new SemanticsScript(seed, cpus).operations(100) + new SemanticsScript(seed, cpus).creations(20);

        String kernel = Tools.run(
                        List.of(player.toString()), script.getBytes(StandardCharsets.US_ASCII), folder, TIMEOUT)
                .expectSuccess()
                .stdout();

        assertSame(script, playOnEngine(script, cpus), kernel);
    }

    private static String playOnEngine(String script, int cpus) {
        try (ScriptPlayer player = new ScriptPlayer(cpus)) {
            return player.play(script);
        }
    }

    /** Fails with the lines that differ, each under what was asked. */
    private static void assertSame(String script, String engine, String kernel) {
        String[] asked = script.split("\n");
        String[] ours = engine.split("\n");
        String[] theirs = kernel.split("\n");
        assertThat(ours).hasSameSizeAs(theirs);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < ours.length; i++) {
            if (!ours[i].equals(theirs[i])) {
                differences.add(asked[i] + "\n  kernel " + theirs[i] + "\n  engine " + ours[i]);
            }
        }
        assertThat(differences).isEmpty();
    }

    /** The last number of {@code 0-3} and the like. */
    private static int possibleCpus() throws IOException {
        String range =
                Files.readString(Path.of("/sys/devices/system/cpu/possible")).strip();
        return Integer.parseInt(range.substring(range.lastIndexOf('-') + 1)) + 1;
    }

    /** Prints the scripts that are recorded: {@code operations} or {@code creations}. */
    static final class Scripts {
        private static final long SEED = 618;

        private Scripts() {}

        public static void main(String[] arguments) {
            System.out.print(arguments[0].equals("operations") ? operations() : creations());
        }

        static String operations() {
            return new SemanticsScript(SEED, 2).operations(40);
        }

        static String creations() {
            return new SemanticsScript(SEED, 2).creations(20);
        }
    }
}
