package dev.skep.cli;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skep.engine.capture.CaptureReader;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples: what is committed is what the sources say, and the Linux kernel agrees with the engine about them. */
class ExamplesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String MIXED = "examples/captures/mixed.pcap";
    private static final List<String> XDP_ACTIONS =
            List.of("XDP_ABORTED", "XDP_DROP", "XDP_PASS", "XDP_TX", "XDP_REDIRECT");
    /** The kernel's test run takes no frame that is shorter than an Ethernet header. */
    private static final int SHORTEST_TEST_FRAME = 14;

    @TempDir
    Path folder;

    private static JsonNode decisions(String object) throws IOException {
        ObjectNode result = (ObjectNode) new JsonMapper()
                .readTree(skep("run", "--json", object, "--pcap", "examples/captures/mixed.pcapng")
                        .expectSuccess());
        result.remove(List.of("seconds", "packets_per_second"));
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp-firewall/firewall", "tc-dnat/dnat", "socket-dns/dns", "cgroup-quota/quota"})
    @NeedsTool({"clang-19", "llvm-strip-19"})
    void theCommittedObjectDecidesAsOneCompiledNow(String example) throws IOException {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/include/bpf/bpf_helpers.h")), "libbpf's headers are not installed");
        Path source = Path.of("examples", example + ".c");
        Path copy = Files.createDirectory(folder.resolve("example"));
        Files.copy(source, copy.resolve(source.getFileName()));
        Path build = Files.copy(Path.of("examples/build.sh"), folder.resolve("build.sh"));
        Tools.run(List.of("sh", build.toString()), TIMEOUT).expectSuccess();

        String compiled = copy.resolve(source.getFileName()).toString().replaceFirst("c$", "o");
        assertThat(decisions(compiled)).isEqualTo(decisions("examples/" + example + ".o"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp-firewall/firewall", "tc-dnat/dnat", "socket-dns/dns", "cgroup-quota/quota"})
    @NeedsTool("bpftool")
    @NeedsBpf
    void theKernelAcceptsIt(String example) {
        Path pin = pin();
        try {
            load(example, pin);
        } finally {
            unpin(pin);
        }
    }

    @Test
    @NeedsTool("bpftool")
    @NeedsBpf
    void theKernelGivesEveryPacketTheSameVerdict() throws IOException {
        Path out = folder.resolve("out.pcapng");
        skep("run", "examples/xdp-firewall/firewall.o", "--pcap", MIXED, "--out", out.toString())
                .expectSuccess();
        Path pin = pin();
        try (CaptureReader judged = CaptureReader.open(Files.newInputStream(out), "out")) {
            load("xdp-firewall/firewall", pin);
            while (judged.next()) {
                if (judged.capturedLength() >= SHORTEST_TEST_FRAME) {
                    assertThat(judged.comment())
                            .as("packet %d", judged.packets())
                            .contains(kernelVerdict(judged, pin));
                }
            }
            assertThat(judged.packets()).isEqualTo(100);
        } finally {
            unpin(pin);
        }
    }

    private String kernelVerdict(CaptureReader packet, Path pin) throws IOException {
        Path frame = folder.resolve("frame");
        Files.write(
                frame, Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.capturedLength()));
        String run = Tools.run(
                        List.of("bpftool", "-j", "prog", "run", "pinned", pin.toString(), "data_in", frame.toString()),
                        TIMEOUT)
                .expectSuccess()
                .stdout();
        return XDP_ACTIONS.get(new JsonMapper().readTree(run).get("retval").intValue());
    }

    private static Path pin() {
        return Path.of("/sys/fs/bpf/skep-test-" + ProcessHandle.current().pid());
    }

    private static void load(String example, Path pin) {
        Tools.run(List.of("bpftool", "prog", "load", "examples/" + example + ".o", pin.toString()), TIMEOUT)
                .expectSuccess();
    }

    private static void unpin(Path pin) {
        Tools.run(List.of("rm", "-f", pin.toString()), TIMEOUT);
    }
}
