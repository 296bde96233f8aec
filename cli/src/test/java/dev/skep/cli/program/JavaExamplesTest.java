package dev.skep.cli.program;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skep.cli.SkepInside;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in Java: compiled from their source, proved, and doing in the kernel what they do in the engine. */
class JavaExamplesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String CAPTURE = "examples/captures/mixed.pcap";

    private static final Path KERNEL_TYPES = Path.of("/sys/kernel/btf/vmlinux");
    private static final int SHORTEST_TEST_FRAME = 54;

    /** Of a classic capture: bytes before the first packet, before each packet, and where its length is in these. */
    private static final int FILE_HEADER = 24;

    private static final int RECORD_HEADER = 16;
    private static final int CAPTURED_LENGTH = 8;

    /** The examples whose arguments are typed by the kernel: the verifier needs the types of one. */
    private static final Set<String> KNOWN_BY_TYPES = Set.of("ForbiddenFile.java", "Cubic.java", "Tasks.java");

    @TempDir
    Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theVerifierAcceptsItForKernelsOfThreeVersions(Path source) {
        for (String kernel : List.of("6.1", "6.12", "6.18")) {
            List<String> command = new ArrayList<>(List.of("verify", "--kernel", kernel, source.toString()));
            if (KNOWN_BY_TYPES.contains(source.getFileName().toString())) {
                assumeThat(KERNEL_TYPES).isReadable();
                command.addAll(List.of("--btf", KERNEL_TYPES.toString()));
            }
            assertThat(skep(command.toArray(String[]::new)).expectSuccess())
                    .as(kernel)
                    .contains("accepted ")
                    .doesNotContain("error");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    @NeedsTool({"bpftool", "llvm-objdump-19"})
    void otherToolsReadItsObject(Path source) {
        Path object = folder.resolve("example.o");
        skep("compile", source.toString(), "-o", object.toString()).expectSuccess();
        assertThat(Tools.run(List.of("bpftool", "btf", "dump", "file", object.toString()), TIMEOUT)
                        .expectSuccess()
                        .stdout())
                .contains("FUNC '");
        assertThat(Tools.run(List.of("llvm-objdump-19", "-d", "-S", object.toString()), TIMEOUT)
                        .expectSuccess()
                        .stdout())
                .as("lines of the source between the instructions")
                .containsPattern("(?m)^;  +\\S.*[;{]$")
                .contains("exit");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsRowInTheTableNamesItAndACommand(Path source) throws IOException {
        assertThat(Files.readAllLines(Path.of("examples/java/README.md")))
                .filteredOn(line -> line.contains("(" + source.getFileName() + ")"))
                .singleElement()
                .asString()
                .contains("./skep ")
                .contains(source.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "DropEveryThird, drop",
        "ProtocolCounter, count",
        "Firewall, firewall",
        "TailCalls, entry",
        "LengthHistogram, measure",
        "EgressBlock, egress",
        "Globals, measure",
        "TcFirewall, filter",
        "DnsBlock, filter"
    })
    @NeedsBpf
    void theKernelDecidesAsTheEngine(String name, String program) throws IOException {
        String source = "examples/java/" + name + ".java";
        String capture = withoutShortFrames().toString();
        assertThat(verdicts("run", "--json", source, "--prog", program, "--pcap", capture, "--kernel"))
                .isEqualTo(verdicts("run", "--json", source, "--prog", program, "--pcap", capture));
    }

    /** The kernel's test runs of some types take no frame without a whole IP header, the longest of which is that of IPv6. */
    private Path withoutShortFrames() throws IOException {
        ByteBuffer capture =
                ByteBuffer.wrap(Files.readAllBytes(Path.of(CAPTURE))).order(ByteOrder.LITTLE_ENDIAN);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        kept.write(capture.array(), 0, FILE_HEADER);
        for (int at = FILE_HEADER; at < capture.limit(); ) {
            int length = capture.getInt(at + CAPTURED_LENGTH);
            if (length >= SHORTEST_TEST_FRAME) {
                kept.write(capture.array(), at, RECORD_HEADER + length);
            }
            at += RECORD_HEADER + length;
        }
        return Files.write(folder.resolve("long.pcap"), kept.toByteArray());
    }

    private static JsonNode verdicts(String... arguments) throws IOException {
        ObjectNode result =
                (ObjectNode) new JsonMapper().readTree(skep(arguments).expectSuccess());
        return result.required("verdicts");
    }

    @Test
    void everythingThatIsWrongWithAClassIsSaidAtOnce() throws IOException {
        Path source = folder.resolve("Wrong.java");
        Files.writeString(source, """
                import dev.skep.lang.context.XdpContext;
                import dev.skep.lang.program.Xdp;

                class Wrong {
                    @Xdp
                    static int first(XdpContext context) {
                        return new java.util.ArrayList<String>().size();
                    }

                    @Xdp
                    static int second(XdpContext context) {
                        return (int) (context.length() * 1.5);
                    }
                }
                """);
        SkepInside.Result result = skep(
                "compile", source.toString(), "-o", folder.resolve("wrong.o").toString());

        assertThat(result.exitCode()).isEqualTo(2);
        List<String> places = new ArrayList<>();
        result.err()
                .lines()
                .forEach(line -> places.add(line.replaceFirst("^skep: error: (Wrong.java:\\d+): .*", "$1")));
        assertThat(places).contains("Wrong.java:7", "Wrong.java:12");
        assertThat(folder.resolve("wrong.o")).doesNotExist();
    }

    @Test
    void whatNeedsTooMuchStackIsNamedWithItsLine() throws IOException {
        Path source = folder.resolve("Large.java");
        Files.writeString(source, """
                import dev.skep.lang.*;
                import dev.skep.lang.context.XdpContext;
                import dev.skep.lang.program.Xdp;

                final class Large {
                    static final class Buffer extends Struct {
                        @Length(600)
                        byte[] bytes;
                    }

                    @Xdp
                    static int fill(XdpContext context) {
                        Buffer buffer = new Buffer();
                        buffer.bytes[context.length() & 7] = 3;
                        return buffer.bytes[0];
                    }
                }
                """);
        SkepInside.Result result = skep(
                "compile", source.toString(), "-o", folder.resolve("large.o").toString());

        assertThat(result.expectBadInput())
                .startsWith(
                        "Large.java:13: fill(): needs 600 bytes of stack, and BPF has 512: Large.Buffer (600 bytes");
    }

    @Test
    void javacsOwnErrorsNameFileLineAndColumn() throws IOException {
        Path source = folder.resolve("Broken.java");
        Files.writeString(source, "class Broken {\n    int x = ;\n}\n");

        assertThat(skep("verify", source.toString()).expectBadInput())
                .isEqualTo(source + ":2:13: illegal start of expression");
    }
}
