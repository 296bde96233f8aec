package dev.skep.cli.iterator;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

@NeedsBpf
class IterCommandTest {
    private static final String MAPS = "examples/map-iterator/maps.o";

    @Test
    void anIteratorIsPinnedListedAndRead() throws IOException {
        try (PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem()) {
            String pin = bpffs.path("maps").toString();
            skep("iter", "pin", MAPS, pin).expectSuccess();

            assertThat(Files.readString(bpffs.path("maps"))).contains("maps.rodata");
            assertThat(skep("iter", "read", "pinned", pin).expectSuccess()).contains("maps.rodata");
            JsonNode list =
                    new JsonMapper().readTree(skep("iter", "list", "--json").expectSuccess());
            assertThat(list.get("links").valueStream())
                    .anySatisfy(
                            link -> assertThat(link.at("/pinned/0").asText()).isEqualTo(pin))
                    .allSatisfy(link -> assertThat(link.get("type").textValue()).isEqualTo("iter"));
            assertThat(skep("link", "show", "pinned", pin).expectSuccess()).contains("  place    bpf_map\n");

            assertThat(skep("link", "detach", "pinned", pin).expectSuccess()).startsWith("removed " + pin + "\n");
            assertThat(skep("iter", "list").expectSuccess()).doesNotContain(pin);
        }
    }

    @Test
    void onePassIsPrinted() {
        assertThat(skep("iter", "run", MAPS).expectSuccess())
                .startsWith("    id  key  value  name\n")
                .contains("  maps.rodata\n");
    }

    @Test
    void whatIsNoIteratorIsSaid() {
        assertThat(skep("iter", "run", "examples/xdp-firewall/firewall.o").expectBadInput())
                .isEqualTo("examples/xdp-firewall/firewall.o: it has no iterator; "
                        + "one program with a section such as SEC(\"iter/task\") is needed");
    }
}
