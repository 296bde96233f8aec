package dev.skep.cli.inspect;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final String FIREWALL = "examples/xdp-firewall/firewall.o";

    @TempDir
    Path folder;

    @Test
    void theTablesShowProgramsMapsGlobalsAndTypes() {
        String text = skep("inspect", FIREWALL).expectSuccess();
        assertThat(text)
                .startsWith("firewall: license GPL\n")
                .containsPattern("\n  firewall  XDP   xdp      XDP +\\d+ +1\n")
                .containsPattern(
                        "\n  blocked_v4 +LPM_TRIE +struct prefix_v4, 8 bytes +struct counter, 16 bytes +1024  NO_PREALLOC\n")
                .containsPattern("\n  syn_limit +.rodata +const volatile __u32 +4  8\n")
                .contains("CO-RE relocations: none");
    }

    @Test
    void globalsWithoutBytesInTheFileAreZero() {
        assertThat(skep("inspect", "examples/tc-dnat/dnat.o").expectSuccess())
                .containsPattern("\n  translated_packets +.bss +__u64 +8  0\n")
                .containsPattern("\n  untouched_packets +.bss +__u64 +8  0\n");
    }

    @Test
    void jsonSaysTheSame() throws IOException {
        JsonNode json =
                new JsonMapper().readTree(skep("inspect", "--json", FIREWALL).expectSuccess());
        assertThat(json.get("object").textValue()).isEqualTo("firewall");
        assertThat(json.at("/programs/0/type").textValue()).isEqualTo("BPF_PROG_TYPE_XDP");
        assertThat(json.at("/programs/0/attach_type").textValue()).isEqualTo("BPF_XDP");
        assertThat(json.at("/programs/0/instructions").intValue()).isGreaterThan(300);
        assertThat(json.at("/maps/0/name").textValue()).isEqualTo("reasons");
        assertThat(json.at("/maps/0/key_type").textValue()).isEqualTo("enum reason");
        assertThat(json.at("/globals/1/name").textValue()).isEqualTo("report_drops");
        assertThat(json.at("/globals/1/value").booleanValue()).isTrue();
        assertThat(json.get("core_relocation_count").intValue()).isZero();
    }

    @Test
    void anythingButAnObjectIsOneLine() throws IOException {
        byte[] object = Files.readAllBytes(Path.of(FIREWALL));
        Path cut = folder.resolve("cut.o");
        Files.write(cut, java.util.Arrays.copyOf(object, object.length / 2));
        assertThat(skep("inspect", cut.toString()).expectBadInput()).startsWith(cut + ": ");
        assertThat(skep("inspect", "examples/captures/mixed.pcap").expectBadInput())
                .contains("not a BPF object");
        assertThat(skep("inspect", FIREWALL, "--btf", "examples/captures/mixed.pcap")
                        .expectBadInput())
                .contains("not BTF");
        assertThat(skep("inspect", "-").expectBadInput()).startsWith("<stdin>: ");
    }
}
