package dev.skep.cli.link;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After {@code kill -9} of a process that has pinned a link, its program runs on, and the commands take the link over. */
@NeedsBpf
@NeedsTool("ip")
class TakeOverTest {
    private final PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem();
    private final VethPair cable = new VethPair();
    private Process child;

    @BeforeEach
    void pinAndKill() throws Exception {
        child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PinningProcess.class.getName(),
                        cable.far(),
                        bpffs.path("").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = child.inputReader()) {
            assertThat(said.readLine()).isEqualTo("pinned");
            assertThat(link().orElseThrow().at("/pids/0/pid").longValue()).isEqualTo(child.pid());
            assertThat(child.destroyForcibly().waitFor(20, TimeUnit.SECONDS)).isTrue(); // SIGKILL
        }
        assertThat(child.exitValue()).isEqualTo(128 + 9);
    }

    @AfterEach
    void cleanUp() {
        child.destroyForcibly();
        bpffs.close();
        cable.close();
    }

    private Optional<JsonNode> link() throws IOException {
        JsonNode all = new JsonMapper().readTree(skep("link", "list", "--json").expectSuccess());
        return all.get("links")
                .valueStream()
                .filter(link ->
                        link.at("/pinned/0").asText().equals(bpffs.path("link").toString()))
                .findFirst();
    }

    /** How many packets the firewall has seen, by the map that the killed process left pinned too. */
    private long seen() throws IOException {
        JsonNode dump = new JsonMapper()
                .readTree(skep("map", "dump", "pinned", bpffs.path("reasons").toString(), "--json")
                        .expectSuccess());
        return dump.get("entries")
                .valueStream()
                .mapToLong(entry -> entry.at("/value/packets").longValue())
                .sum();
    }

    @Test
    void itRunsOnUntilItIsDetached() throws IOException {
        long before = seen();
        cable.send(10);
        assertThat(seen()).isGreaterThanOrEqualTo(before + 10);

        JsonNode link = link().orElseThrow();
        assertThat(link.get("type").textValue()).isEqualTo("xdp");
        assertThat(link.get("devname").textValue()).isEqualTo(cable.far());
        assertThat(link.get("pids")).isEmpty();

        String pin = bpffs.path("link").toString();
        assertThat(skep("link", "detach", "pinned", pin).expectSuccess())
                .isEqualTo("removed " + pin + "\ndetached link " + link.get("id") + "\n");
        assertThat(link()).isEmpty();
        long atTheEnd = seen();
        cable.send(10);
        assertThat(seen()).isEqualTo(atTheEnd);
    }

    @Test
    void anotherProgramIsPutInItsPlace() throws IOException {
        String program = bpffs.path("other/firewall").toString();
        skep(
                "load",
                "examples/xdp-firewall/firewall.o",
                "--pin",
                bpffs.path("other").toString());
        int before = link().orElseThrow().get("prog_id").intValue();
        skep("link", "update", "pinned", bpffs.path("link").toString(), "prog", "pinned", program)
                .expectSuccess();
        assertThat(link().orElseThrow().get("prog_id").intValue()).isNotEqualTo(before);

        long seen = seen();
        cable.send(5);
        assertThat(seen()).isEqualTo(seen); // it counts in maps of its own
        assertThat(skep(
                                "map",
                                "dump",
                                "pinned",
                                bpffs.path("other/maps/reasons").toString())
                        .expectSuccess())
                .contains("packets = ");
    }
}
