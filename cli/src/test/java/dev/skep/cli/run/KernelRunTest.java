package dev.skep.cli.run;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skep.cli.SkepInside;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code skep run --kernel}: the same command in the kernel. */
@NeedsBpf
class KernelRunTest {
    private static final String MIXED = "examples/captures/mixed.pcapng";

    private static ObjectNode decisions(SkepInside.Result result) throws IOException {
        assertThat(result.exitCode()).as(result.err()).isZero();
        ObjectNode json = (ObjectNode) new JsonMapper().readTree(result.out());
        return json.without(List.of("seconds", "packets_per_second"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp-firewall/firewall", "tc-dnat/dnat", "socket-dns/dns"})
    void theKernelDecidesAsTheEngineDoes(String example) throws IOException {
        String object = "examples/" + example + ".o";
        JsonNode engine = decisions(skep("run", object, "--pcap", MIXED, "--json"));
        SkepInside.Result inKernel = skep("run", object, "--pcap", MIXED, "--json", "--kernel");
        JsonNode kernel = decisions(inKernel);

        long leftOut =
                inKernel.err().isEmpty() ? 0 : Long.parseLong(inKernel.err().split(" ")[2]);
        assertThat(kernel.get("packets").longValue())
                .isEqualTo(engine.get("packets").longValue() - leftOut);
        long otherwise = 0;
        for (Map.Entry<String, JsonNode> verdict : engine.get("verdicts").properties()) {
            long packets =
                    kernel.at("/verdicts/" + verdict.getKey() + "/packets").longValue();
            otherwise += verdict.getValue().get("packets").longValue() - packets;
        }
        assertThat(otherwise).isEqualTo(leftOut);
    }

    @Test
    void aProgramSeesAnInterfacesPackets() throws Exception {
        Thread traffic = Thread.ofPlatform().start(KernelRunTest::sendForASecond);
        SkepInside.Result result = skep(
                "run",
                "examples/xdp-firewall/firewall.o",
                "--kernel",
                "--interface",
                "lo",
                "--seconds",
                "0.6",
                "--json");
        traffic.join();
        JsonNode json = new JsonMapper().readTree(result.out());
        assertThat(result.err()).isEqualTo("skep: program firewall at XDP on lo\n");
        assertThat(json.get("interface").textValue()).isEqualTo("lo");
        assertThat(json.get("packets").longValue()).isPositive();
        assertThat(json.at("/maps/reasons")).isNotEmpty();
    }

    private static void sendForASecond() {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 50; i++) {
                socket.send(new DatagramPacket(new byte[32], 32, InetAddress.getLoopbackAddress(), 9));
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTheKernelRefusesIsExplained(@TempDir Path folder) throws IOException {
        Path text = folder.resolve("far.s");
        Files.writeString(text, """
                .license "GPL"
                .program far xdp
                    r0 = *(u32 *)(r1 + 4000)
                    exit
                """);
        String object = folder.resolve("far.o").toString();
        skep("asm", text.toString(), "-o", object).expectSuccess();

        SkepInside.Result result = skep("run", object, "--pcap", MIXED, "--kernel");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("error[context-access]: bytes 4000..4003 of the context cannot be read")
                .containsOnlyOnce("skep: error: EACCES: the kernel refuses program far of ")
                .doesNotContain("R1=ctx()");
        assertThat(skep("run", object, "--pcap", MIXED, "--kernel", "--log").err())
                .containsSubsequence("error[context-access]", "0: R1=ctx() R10=fp0\n", "skep: error: ");
    }

    @Test
    void whatToRunOnHasToBeSaid() {
        String object = "examples/xdp-firewall/firewall.o";
        assertThat(skep("run", object).err()).startsWith("skep: error: what should it run on? Give --pcap IN");
        assertThat(skep("run", object, "--interface", "lo").err())
                .startsWith("skep: error: --interface needs --kernel");
        assertThat(skep("run", object, "--pcap", MIXED, "--seconds", "1").err())
                .contains("--seconds needs --interface");
        assertThat(skep("run", "examples/socket-dns/dns.o", "--kernel", "--interface", "lo")
                        .expectBadInput())
                .contains("a program of type SOCKET_FILTER is not attached to an interface");
    }
}
