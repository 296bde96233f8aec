package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import dev.skep.trace.plan.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tools that come with bpftrace print what they print under bpftrace, for one load that both see at once: the same heads, and
 * lines of the same shape. Of what is being counted, numbers differ.
 */
@NeedsBpf
@NeedsTool({"bpftrace", "script", "setpriv", "getent"})
class BpftraceToolsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A bit of everything, several times, for a bit more than the second after which some tools report. */
    private static final String LOAD = """
            cd "$1"
            for round in 1 2 3 4 5 6; do
                /bin/true skep-marker
                sleep 0.15
                cat hostname-of-the-load > /dev/null 2>&1
                getent ahosts localhost > /dev/null
                kill -0 $$
                sync -f .
                stat /etc/hostname > /dev/null
                setpriv --reuid 0 true
                dd if=/dev/zero of=written bs=4096 count=8 conv=fsync 2> /dev/null
                rm -f written
            done
            printf 'echo skep-%s\\nexit\\n' marker | script -qc 'bash --norc -i' /dev/null > /dev/null
            sleep 0.3
            """;

    @TempDir
    Path folder;

    /** @param lines a pattern of the lines whose shapes are compared, after {@link #shape} */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "bashreadline.bt; .*echo skep-.*",
                "bitesize.bt; (I/O size.*|\\[0,0\\) 0 #)",
                "cpuwalk.bt; @cpu:",
                "execsnoop.bt; .*skep-marker.*",
                "gethostlatency.bt; .*getent.*",
                "killsnoop.bt; .* sh .*",
                "naptime.bt; .*sleep.*",
                "opensnoop.bt; .*hostname-of-the-load.*",
                "pidpersec.bt; .*PIDs/sec.*",
                "setuids.bt; .*setpriv.*",
                "statsnoop.bt; .*stat .*/etc/hostname.*",
                "syncsnoop.bt; .*sync .*syncfs.*",
                "syscount.bt; (Top .*|@syscall\\[0\\]: 0)",
                "writeback.bt; Tracing.*"
            })
    void aToolPrintsWhatItPrintsUnderBpftrace(String tool, String lines) throws Exception {
        Path file = Tools.find(tool).orElseThrow();
        Path printed = folder.resolve("printed");
        Files.createFile(folder.resolve("hostname-of-the-load"));
        Process bpftrace = new ProcessBuilder("bpftrace", file.toString())
                .redirectOutput(printed.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            ScriptRun run = ScriptRun.of(file, Settings.DEFAULTS, () -> {
                awaitLines(printed);
                Tools.run(List.of("sh", "-c", LOAD, "sh", folder.toString()), PATIENCE)
                        .expectSuccess();
            });
            bpftrace.destroy();
            assertThat(bpftrace.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Pattern compared = Pattern.compile(lines);
            String expected = Files.readString(printed);
            assertThat(heads(run.output())).isNotEmpty().isEqualTo(heads(expected));
            assertThat(shapes(run.output(), compared))
                    .as("the last of skep:\n%s\nof bpftrace:\n%s", end(run.output()), end(expected))
                    .isNotEmpty()
                    .isEqualTo(shapes(expected, compared));
        } finally {
            bpftrace.destroyForcibly();
        }
    }

    /** The first line is that of the number of probes, the second the first that the tool prints. */
    private static void awaitLines(Path file) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (Files.readAllLines(file).size() < 2) {
                assertThat(System.nanoTime()).as("bpftrace starts").isLessThan(end);
                Thread.sleep(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 800));
    }

    /** What a tool prints as it begins. */
    private static List<String> heads(String text) {
        return text.lines()
                .filter(line -> line.startsWith("Tracing")
                        || line.startsWith("Counting")
                        || line.startsWith("Sampling")
                        || line.startsWith("TIME ")
                        || line.startsWith("TIME(")
                        || line.startsWith("PID "))
                .toList();
    }

    private static Set<String> shapes(String text, Pattern compared) {
        return text.lines()
                .map(BpftraceToolsTest::shape)
                .filter(compared.asMatchPredicate())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Numbers are zero, bars and spaces one character. */
    private static String shape(String line) {
        String plain = line.strip();
        if (plain.startsWith("[") && plain.endsWith("|")) {
            plain = plain.replaceAll("(?<=[0-9])[KMGT]", "").replaceAll("\\|@* *\\|", "#");
        }
        return plain.replaceAll("[0-9]+", "0")
                .replaceAll(" +", " ")
                .replace("[0, 0)", "[0,0)")
                .replaceAll("@+#", "#");
    }
}
