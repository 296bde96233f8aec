package dev.skep.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What HotSpot's C2 makes of translated programs computes what the interpreter computes: a sample of {@link BackendsAgreeTest}'s
 * random programs, run until it has compiled them and hundreds of times after.
 *
 * <p>In a JVM of its own, in which translated code is compiled twenty times as early as usual and a run waits for that, so that it does
 * not hang on the machine's load what is compiled when. {@code -Dskep.random.programs=100000} runs a fiftieth of that many.
 */
class HotProgramsAgreeTest {
    private static final int PROGRAMS = Integer.getInteger("skep.random.programs", 1500) / 50;
    /** C2 compiles a method after 250 calls, or fewer if it has loops. */
    private static final int RUNS = 1000;

    private static final long FIRST_SEED = 5_000_000;

    private static final String GENERATED = "dev.skep.engine.jit.Program*::*";

    private static final Pattern SUMMARY = Pattern.compile("(\\d+) compared, 0 different, (\\d+) methods by C2");

    @Test
    void programsCompiledByC2EndAsInterpretedOnes() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:CompileCommand=quiet",
                        "-XX:CompileCommand=BackgroundCompilation," + GENERATED + ",false",
                        "-XX:CompileCommand=CompileThresholdScaling," + GENERATED + ",0.05",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HotRuns.class.getName(),
                        Long.toString(FIRST_SEED),
                        Integer.toString(PROGRAMS),
                        Integer.toString(RUNS))
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(lines).isNotEmpty().last().asString().matches(SUMMARY);
        Matcher summary = SUMMARY.matcher(lines.getLast());
        assertThat(summary.matches()).isTrue();
        assertThat(Integer.parseInt(summary.group(1))).isGreaterThan(PROGRAMS * 3 / 4);
        assertThat(Integer.parseInt(summary.group(2))).isGreaterThan(PROGRAMS);
    }
}
