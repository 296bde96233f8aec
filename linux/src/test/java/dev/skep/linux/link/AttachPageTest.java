package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/attach.md} shows and says, and what {@code docs/probes.md} shows. */
class AttachPageTest {
    private static final Path PAGE = Path.of("../docs/attach.md");

    private static final String BEFORE = """
            import dev.skep.linux.LinuxHost;
            import dev.skep.linux.link.*;
            import dev.skep.linux.map.LinuxMap;
            import dev.skep.linux.program.LinuxProgram;
            import dev.skep.linux.symbol.ElfBinary;
            import dev.skep.linux.usdt.UsdtNote;
            import dev.skep.object.attach.*;
            import java.io.InputStream;
            import java.net.InetSocketAddress;
            import java.nio.channels.DatagramChannel;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            import java.util.Optional;
            import java.util.OptionalInt;

            class Examples {
            """;

    /** What every example may use. */
    private static final String METHOD =
            "void example%d(LinuxHost host, LinuxProgram program, LinuxMap map) throws Exception {\n%s}\n";

    @ParameterizedTest
    @ValueSource(strings = {"attach.md", "probes.md"})
    void everyExampleCompiles(String page, @TempDir Path classes) throws IOException {
        List<String> examples = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE.resolveSibling(page)))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(examples).hasSizeGreaterThan(8);
        StringBuilder source = new StringBuilder(BEFORE);
        examples.forEach(example -> source.append(METHOD.formatted(source.length(), example)));
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of("-proc:none", "-d", classes.toString());
        List<JavaFileObject> units = List.of(source(source.append("}").toString()));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, options, null, units)
                .call();
        assertThat(problems.getDiagnostics()).noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Examples.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    @Test
    void theTableGivesTheVersionsThatTheCodeGoesBy() throws IOException {
        assertThat(since("Xdp", "XDP")).contains(NetworkLinkKind.XDP.since().toString());
        assertThat(since("Tcx", "SCHED_CLS"))
                .contains(NetworkLinkKind.TCX.since().toString());
        assertThat(since("Netkit", "SCHED_CLS"))
                .contains(NetworkLinkKind.NETKIT.since().toString());
        assertThat(since("Cgroup", "CGROUP_*"))
                .contains(NetworkLinkKind.CGROUP.since().toString());
        assertThat(since("Cgroup", "LSM"))
                .contains(NetworkLinkKind.LSM_CGROUP.since().toString());
        assertThat(since("NetworkNamespace", "SK_LOOKUP"))
                .contains(NetworkLinkKind.SK_LOOKUP.since().toString());
        assertThat(since("NetworkNamespace", "FLOW_DISSECTOR"))
                .contains(NetworkLinkKind.FLOW_DISSECTOR.since().toString());
        assertThat(since("SocketMap", "SK_SKB"))
                .contains(NetworkLinkKind.SOCKET_MAP.since().toString());
        assertThat(since("Netfilter", "NETFILTER"))
                .contains(NetworkLinkKind.NETFILTER.since().toString());
        assertThat(Files.readString(PAGE))
                .contains("Orderings as at TCX work from Linux " + NetworkLinkKind.CGROUP_ORDERING.since());
    }

    /** The third column of a place's row. */
    private static Optional<String> since(String place, String programs) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `" + place + "` | " + programs))
                .map(line -> line.split("\\|", -1)[3].strip())
                .findFirst();
    }
}
