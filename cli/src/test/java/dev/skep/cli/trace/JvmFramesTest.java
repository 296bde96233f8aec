package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.Main;
import dev.skep.testkit.NeedsBpf;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmFramesTest {
    private static final String PROGRAM = """
            public class Spinner {
                static long spinning(long rounds) {
                    long sum = 0;
                    for (long i = 0; i < rounds; i++) {
                        sum = sum * 31 + i;
                    }
                    return sum;
                }

                public static void main(String[] args) {
                    long end = System.nanoTime() + 60_000_000_000L;
                    long sum = 0;
                    System.out.println("spinning");
                    while (System.nanoTime() < end) {
                        sum += spinning(10_000_000);
                    }
                    System.exit((int) sum & 1);
                }
            }
            """;

    @Test
    @NeedsBpf
    void theJvmNamesItsCodeWithoutAPerfMap(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("Spinner.java"), PROGRAM);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process spinner = new ProcessBuilder(java, source.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(spinner.inputReader().readLine()).isEqualTo("spinning");
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            String script =
                    "profile:hz:99 /pid == " + spinner.pid() + "/ { @[ustack(4)] = count(); } interval:s:3 { exit(); }";
            int code = Main.run(new PrintWriter(out), new PrintWriter(err), "trace", "-q", "-e", script);
            assertThat(err).hasToString("");
            assertThat(code).isZero();
            assertThat(out.toString()).contains("Spinner.spinning(");
            assertThat(Path.of("/tmp/perf-" + spinner.pid() + ".map")).doesNotExist();
        } finally {
            spinner.destroyForcibly().waitFor();
        }
    }
}
