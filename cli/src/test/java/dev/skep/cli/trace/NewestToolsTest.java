package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tools of another bpftrace than the machine's compile, and the kernel takes them: those in the folder that {@code
 * SKEP_BPFTRACE_TOOLS} names.
 */
@NeedsBpf
@EnabledIfEnvironmentVariable(named = NewestToolsTest.FOLDER, matches = ".+")
class NewestToolsTest {
    static final String FOLDER = "SKEP_BPFTRACE_TOOLS";

    /** What a kernel may lack: kprobes, functions, symbols of data. */
    private static final List<String> LACKS =
            List.of("CONFIG_KPROBES", "No matches for kprobe ", "Failed to resolve kernel symbol: ");

    static Stream<Path> tools() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getenv(FOLDER)))) {
            return files.filter(file -> file.toString().endsWith(".bt")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aToolIsTakenByTheKernel(Path tool) {
        TraceRun run = TraceRun.of("--dry-run", tool.toString());
        List<String> mistakes = run.errors()
                .lines()
                .filter(line -> line.contains("ERROR: ") && !line.contains("Unable to attach probe: k"))
                .filter(line -> LACKS.stream().noneMatch(line::contains))
                .toList();
        assertThat(mistakes).isEmpty();
        if (run.exitCode() != 0) {
            assertThat(LACKS).anySatisfy(lack -> assertThat(run.errors()).contains(lack));
        }
    }
}
