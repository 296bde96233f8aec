package dev.skep.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.TrapException;
import dev.skep.object.Bytes;
import dev.skep.object.Location;
import dev.skep.object.host.Program;
import dev.skep.object.instruction.Instructions;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Interpreter and JIT compute what the Linux kernel computes: random programs over every kind of instruction that the kernel
 * lets a program have. {@code src/test/resources/differential} has programs and what Linux 6.18 on x86-64 made of them ({@code
 * src/test/c/kernel_run.sh} records it again); where bpf(2) is allowed, others are run on this kernel as well.
 */
class KernelDifferentialTest {
    private static final Path SOURCE = Path.of("src/test/c/kernel_run.c");
    private static final Path RECORDED = Path.of("src/test/resources/differential/linux-6.18.gz");
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int PROGRAMS = 3000;
    private static final EngineOptions OPTIONS = EngineOptions.defaults().withTrustedPrograms(true);

    @ParameterizedTest
    @CsvSource({"INTERPRETER, false", "INTERPRETER, true", "JIT, false", "JIT, true"})
    void theEngineComputesWhatLinux618Computed(EngineOptions.Backend backend, boolean checked) throws IOException {
        List<Case> cases = new ArrayList<>();
        List<String> kernel = new ArrayList<>();
        try (InputStream recorded = new GZIPInputStream(Files.newInputStream(RECORDED))) {
            for (String line : new String(recorded.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
                cases.add(Case.parse(line));
                kernel.add(line.split(" ", 3)[2]);
            }
        }

        assertThat(cases).hasSizeGreaterThanOrEqualTo(500);
        assertSame(cases, runOnEngine(cases, OPTIONS.withBackend(backend).withChecked(checked)), kernel);
    }

    @ParameterizedTest
    @EnumSource(EngineOptions.Backend.class)
    @NeedsBpf
    @NeedsTool("cc")
    void theEngineComputesWhatThisKernelComputes(EngineOptions.Backend backend, @TempDir Path folder) {
        List<Case> cases = LongStream.range(1_000_000, 1_000_000 + PROGRAMS)
                .mapToObj(RandomProgram::of)
                .toList();

        assertSame(cases, runOnEngine(cases, OPTIONS.withBackend(backend)), runOnKernel(cases, folder));
    }

    private static List<String> runOnKernel(List<Case> cases, Path folder) {
        Path runner = folder.resolve("kernel_run");
        Tools.run(List.of("cc", "-O1", "-o", runner.toString(), SOURCE.toString()), TIMEOUT)
                .expectSuccess();
        String lines = cases.stream().map(Case::toString).collect(Collectors.joining("\n", "", "\n"));
        return Tools.run(List.of(runner.toString()), lines.getBytes(StandardCharsets.US_ASCII), folder, TIMEOUT)
                .expectSuccess()
                .stdout()
                .lines()
                .toList();
    }

    private static List<String> runOnEngine(List<Case> cases, EngineOptions options) {
        try (EngineHost host = EngineHost.open(options)) {
            return cases.stream().map(tried -> runOnEngine(host, tried)).toList();
        }
    }

    private static String runOnEngine(EngineHost host, Case tried) {
        Location where = Location.in("random program");
        EngineProgram program =
                host.loadRaw("random", Instructions.decode(tried.code(), 0, tried.code().length, where));
        try {
            Program.Outcome outcome = program.run(new Program.Input(Bytes.of(tried.memory()), Bytes.EMPTY));
            return "%08x %s"
                    .formatted(
                            (int) outcome.returnValue(),
                            HexFormat.of().formatHex(outcome.data().toArray()));
        } catch (TrapException e) {
            return e.getMessage();
        }
    }

    /** Fails with the programs that ended differently, of which the shortest tells most. */
    private static void assertSame(List<Case> cases, List<String> engine, List<String> kernel) {
        assertThat(engine).hasSameSizeAs(kernel);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            if (!engine.get(i).equals(kernel.get(i))) {
                differences.add(cases.get(i) + "\n  kernel " + kernel.get(i) + "\n  engine " + engine.get(i));
            }
        }
        assertThat(differences).isEmpty();
    }

    /** What {@code kernel_run.sh} needs to record the file again. */
    static final class RandomCases {
        private RandomCases() {}

        /** Prints a case on each line. @param arguments the first seed and how many */
        public static void main(String[] arguments) {
            long first = Long.parseLong(arguments[0]);
            LongStream.range(first, first + Long.parseLong(arguments[1]))
                    .mapToObj(RandomProgram::of)
                    .forEach(System.out::println);
        }
    }
}
