package dev.skep.cli.btf;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BtfDumpCommandTest {
    private static final String FIREWALL = "examples/xdp-firewall/firewall.o";

    private static String bpftool(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("bpftool"));
        command.addAll(List.of(arguments));
        return Tools.run(command, Duration.ofSeconds(30)).expectSuccess().stdout();
    }

    @Test
    @NeedsTool("bpftool")
    void rawTextIsBpftools() {
        assertThat(skep("btf", "dump", FIREWALL).expectSuccess())
                .isEqualTo(bpftool("btf", "dump", "file", FIREWALL, "format", "raw"));
    }

    @Test
    @NeedsTool("bpftool")
    void jsonMeansWhatBpftoolsMeans() throws IOException {
        JsonMapper mapper = new JsonMapper();
        assertThat(mapper.readTree(skep("btf", "dump", "--json", FIREWALL).expectSuccess()))
                .isEqualTo(mapper.readTree(bpftool("-j", "btf", "dump", "file", FIREWALL)));
    }

    @Test
    void oneTypeIsFoundByName() {
        assertThat(skep("btf", "dump", FIREWALL, "--type", "counter").expectSuccess())
                .isEqualTo("[10] STRUCT 'counter' size=16 vlen=2\n"
                        + "\t'packets' type_id=11 bits_offset=0\n\t'bytes' type_id=11 bits_offset=64\n");
        assertThat(skep("btf", "dump", FIREWALL, "--type", "nothing").expectBadInput())
                .contains("there is no type named 'nothing'");
    }

    @Test
    void whatHasNoTypesIsOneLine() {
        assertThat(skep("btf", "dump", "examples/captures/mixed.pcap").expectBadInput())
                .contains("not BTF");
        assertThat(skep("btf", "dump", "no.o").expectBadInput()).isEqualTo("no.o: no such file");
        assertThat(skep("btf").err()).contains("A COMMAND is missing");
    }

    @Test
    @NeedsBpf
    void typesOfMapsAndProgramsInTheKernelAreThoseOfTheirObject() throws IOException {
        try (PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem()) {
            skep("load", FIREWALL, "--pin", bpffs.path("fw").toString());
            String ofProgram = skep(
                            "btf",
                            "dump",
                            "prog",
                            "pinned",
                            bpffs.path("fw/firewall").toString())
                    .expectSuccess();
            assertThat(ofProgram).contains("STRUCT 'counter' size=16 vlen=2\n");
            assertThat(skep(
                                    "btf",
                                    "dump",
                                    "map",
                                    "pinned",
                                    bpffs.path("fw/maps/ports").toString())
                            .expectSuccess())
                    .isEqualTo(ofProgram);
            String reasons = bpffs.path("fw/maps/reasons").toString();
            assertThat(skep("btf", "dump", "map", "pinned", reasons, "value").expectSuccess())
                    .contains("STRUCT 'counter' size=16 vlen=2\n")
                    .doesNotContain("ENUM");
            assertThat(skep("btf", "dump", "map", "pinned", reasons, "kv", "--format", "c")
                            .expectSuccess())
                    .contains("struct counter {", "enum ");
            assertThat(skep("btf", "dump", "map", "pinned", reasons, "both").err())
                    .contains("of a map there are key, value, kv and all, not 'both'");
            JsonNode list =
                    new JsonMapper().readTree(skep("btf", "list", "--json").expectSuccess());
            assertThat(list.at("/btf/0/name").textValue()).isEqualTo("vmlinux");
            JsonNode ours = list.get("btf").get(list.get("btf").size() - 1);
            assertThat(skep("btf", "dump", "id", ours.get("id").toString()).exitCode())
                    .isZero();
            assertThat(skep("btf", "list").expectSuccess()).contains("  [vmlinux]  ");
        }
        assertThat(skep("btf", "dump", "thing", "id", "1").err())
                .contains("types are those of FILE, id N, map MAP or prog PROG, not of 'thing'");
    }
}
