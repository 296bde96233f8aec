package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.Main;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts print is what the bpftrace that is installed here prints, but for empty lines and spaces at the ends of lines. */
@NeedsBpf
@NeedsTool("bpftrace")
class BpftraceAgreementTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN { printf(\"%d %u %x %ld %lx %lld\\n\", 1<<40, -1, 0x12345678abcdef, 1<<40, 0x12345678abcdef, -1); exit(); }",
                "BEGIN { printf(\"%5s|%-5s|%05d|%s|%p|%c|\\n\", \"ab\", \"ab\", 42, \"hello\", 57005, 65); exit(); }",
                "BEGIN { printf(\"%hhx %hx %jx %8d|%-8d|%X\\n\", 0x12345678abcdef, 0x12345678abcdef, 0x12345678abcdef, -3, 255, 255); exit(); }",
                "BEGIN { print((1, \"two\", (3, -4))); print(\"abc\"); print(-5); exit(); }",
                "BEGIN { @a[2] = count(); @a[1] = count(); @a[1] = count(); @b[\"x\", 7] = sum(5); @b[\"y\", 3] = sum(2); exit(); }",
                "BEGIN { @avg = avg(4); @avg = avg(9); @min = min(3); @min = min(-3); @max = max(8); exit(); }",
                "BEGIN { @z[3] = avg(5); @z[1] = avg(50); @z[2] = avg(1); @m[2] = max(1); @m[1] = max(5); exit(); }",
                "BEGIN { @h = hist(-1); @h = hist(0); @h = hist(1); @h = hist(3); @h = hist(1000); @h = hist(1 << 20); exit(); }",
                "BEGIN { @l = lhist(-1, 0, 10, 2); @l = lhist(3, 0, 10, 2); @l = lhist(3, 0, 10, 2); @l = lhist(99, 0, 10, 2); exit(); }",
                "BEGIN { @h[1] = hist(3); @h[2] = hist(3); @h[2] = hist(4); @h[\"x\" == \"x\" ? 1 : 0] = hist(9); exit(); }",
                "BEGIN { @t[2, \"b\"] = \"x\"; @t[2, \"a\"] = \"y\"; @t[1, \"z\"] = \"q\"; exit(); }",
                "BEGIN { @[1] = 10; @[2] = 20; @[3] = 30; print(@, 2); print(@, 2, 10); clear(@); exit(); }",
                "BEGIN { printf(\"%s\\n\", strftime(\"%m/%d/%y\", nsecs)); exit(); }",
                "BEGIN { printf(\"%s\\n\", ksym(kaddr(\"vfs_read\"))); exit(); } END { printf(\"end\\n\"); }"
            })
    void theOutputIsTheSame(String script) throws Exception {
        Process bpftrace = new ProcessBuilder("bpftrace", "-q", "-e", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String expected = new String(bpftrace.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), "trace", "-q", "-e", script))
                .as("%s", err)
                .isZero();
        assertThat(lines(out.toString())).isNotEmpty().isEqualTo(lines(expected));
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
