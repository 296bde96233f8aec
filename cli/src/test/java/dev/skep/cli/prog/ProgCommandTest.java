package dev.skep.cli.prog;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.SkepInside;
import dev.skep.cli.kernel.Bpftool;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on programs, against a firewall that bpftool loads. */
@NeedsBpf
@NeedsTool("bpftool")
class ProgCommandTest {
    private static PrivateBpfFileSystem bpffs;
    private static String pin;

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        bpffs = new PrivateBpfFileSystem();
        pin = bpffs.path("firewall").toString();
        Bpftool.run("prog", "load", "examples/xdp-firewall/firewall.o", pin);
    }

    @AfterAll
    static void unload() {
        bpffs.close();
    }

    private static JsonNode show() throws IOException {
        String json = skep("prog", "show", "pinned", pin, "--json").expectSuccess();
        return new JsonMapper().readTree(json).at("/programs/0");
    }

    @Test
    void aProgramIsShownAsBpftoolShowsIt() throws IOException {
        JsonNode theirs = Bpftool.json("prog", "show", "pinned", pin);
        JsonNode ours = show();
        for (String field : new String[] {
            "id",
            "type",
            "name",
            "tag",
            "gpl_compatible",
            "uid",
            "bytes_xlated",
            "jited",
            "bytes_jited",
            "bytes_memlock",
            "map_ids",
            "btf_id"
        }) {
            assertThat(ours.get(field)).as(field).isEqualTo(theirs.get(field));
        }
        assertThat(ours.get("loaded_at").longValue())
                .isBetween(
                        theirs.get("loaded_at").longValue() - 2,
                        theirs.get("loaded_at").longValue() + 2);
        assertThat(ours.at("/pinned/0").textValue()).isEqualTo(pin);
    }

    @Test
    void aProgramIsFoundByIdNameTagAndPin() throws IOException {
        JsonNode program = show();
        String id = program.get("id").toString();
        String byId = skep("prog", "show", "id", id).expectSuccess();
        assertThat(byId).startsWith("program " + id + ": firewall\n").contains("  pinned   " + pin + "\n");
        assertThat(skep("prog", "show", "name", "firewall").expectSuccess()).contains("program " + id + ": firewall\n");
        assertThat(skep("prog", "show", "tag", program.get("tag").textValue()).expectSuccess())
                .contains("program " + id + ": firewall\n");
        assertThat(skep("prog", "list").expectSuccess())
                .containsPattern("(?m)^ *" + id + "  xdp .* firewall .*" + pin + "$");
    }

    @Test
    void whatIsNotThereIsNamed() {
        SkepInside.Result missing = skep("prog", "show", "name", "no_such_program");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .isEqualTo("skep: error: ENOENT: no program in the kernel has the name no_such_program\n");
        assertThat(skep("prog", "show", "nick", "x").err())
                .startsWith(
                        "skep: error: a program is named by id N, name NAME, tag TAG or pinned PATH, not by 'nick'\n");
        assertThat(skep("prog").exitCode()).isEqualTo(2);
    }

    @Test
    void rewrittenInstructionsAreDumpedWithTheirSource() throws IOException {
        String text = skep("prog", "dump", "xlated", "pinned", pin).expectSuccess();
        assertThat(text)
                .startsWith("firewall:\n")
                .contains("; __u32 length = ", "map[id:", "\n     0:  r2 = *(u64 *)(r1 + 0x0)\n");
        assertThat(skep("prog", "dump", "xlated", "pinned", pin, "--no-source", "--raw")
                        .expectSuccess())
                .contains("     0:  79 12 00 00 00 00 00 00  r2 = ")
                .doesNotContain("; ");

        Path file = folder.resolve("code");
        skep("prog", "dump", "xlated", "pinned", pin, "--file", file.toString()).expectSuccess();
        assertThat(Files.size(file)).isEqualTo(show().get("bytes_xlated").longValue());
        JsonNode json = new JsonMapper()
                .readTree(
                        skep("prog", "dump", "xlated", "pinned", pin, "--json").expectSuccess());
        assertThat(json.at("/functions/0/name").textValue()).isEqualTo("firewall");
    }

    @Test
    void theControlFlowIsAGraphForGraphviz() {
        assertThat(skep("prog", "dump", "xlated", "pinned", pin, "--visual").expectSuccess())
                .startsWith("digraph program {\n")
                .contains("label=\"firewall\";", "b0 [label=\"0: r2 = *(u64 *)(r1 + 0x0)\\l")
                .containsPattern("\n  b\\d+ -> b\\d+;\n")
                .endsWith("}\n");
    }

    @Test
    void machineCodeHasNoGraph() {
        SkepInside.Result result = skep("prog", "dump", "jited", "pinned", pin, "--visual");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--visual and --raw are for xlated");
        SkepInside.Result placeholder = skep("prog", "show", "NAME", "firewall");
        assertThat(placeholder.err()).contains("is named by id N, name NAME, tag TAG or pinned PATH, not by 'NAME'");
    }

    @Test
    void showWithoutAProgramListsAll() {
        assertThat(skep("prog", "show").expectSuccess())
                .containsPattern("^ *ID  TYPE")
                .contains(pin);
        assertThat(skep("map", "show").expectSuccess()).contains("reasons");
        assertThat(skep("link", "show").expectSuccess()).contains("ATTACHED TO");
        assertThat(skep("perf", "show").expectSuccess()).contains("PLACE");
    }

    @Test
    void machineCodeIsDumpedInFull() throws IOException {
        Path file = folder.resolve("code");
        skep("prog", "dump", "jited", "pinned", pin, "--file", file.toString()).expectSuccess();
        assertThat(Files.size(file)).isEqualTo(show().get("bytes_jited").longValue());
        assertThat(skep("prog", "dump", "jited", "pinned", pin).expectSuccess())
                .matches("(?s)bpf_prog_368f12960a8d4927_firewall at 0x[0-9a-f]+, \\d+ bytes:\n.*")
                .contains("; __u32 length = ");
        JsonNode json = new JsonMapper()
                .readTree(skep("prog", "dump", "jited", "pinned", pin, "--json").expectSuccess());
        JsonNode function = json.at("/jited/0");
        assertThat(function.get("function").textValue()).isEqualTo("firewall");
        assertThat(function.get("code").textValue()).isEqualTo(HexFormat.of().formatHex(Files.readAllBytes(file)));
        assertThat(function.get("lines")
                        .valueStream()
                        .map(line -> line.get("offset").intValue()))
                .hasSizeGreaterThan(10)
                .isSorted()
                .allSatisfy(offset -> assertThat(offset).isLessThan((int) Files.size(file)));
    }

    @Test
    void aProgramCanBePinnedOnceMore() {
        Path second = bpffs.path("second");
        skep("prog", "pin", "pinned", pin, second.toString()).expectSuccess();
        assertThat(second).exists();
        assertThat(skep("prog", "pin", "pinned", pin, second.toString()).expectBadInput())
                .isEqualTo(second + ": something is there already; choose another path, or remove it");
        assertThat(skep("prog", "pin", "pinned", pin, folder.resolve("here").toString())
                        .expectBadInput())
                .contains("this is in no bpf file system, where pins have to be");
    }

    @Test
    void aProgramRunsOnAPacket() throws IOException {
        Path packet = folder.resolve("packet");
        Files.write(packet, new byte[64]);
        Path left = folder.resolve("left");
        SkepInside.Result result = skep(
                "prog", "run", "pinned", pin, "--data", packet.toString(), "--data-out", left.toString(), "--json");
        JsonNode json = new JsonMapper().readTree(result.expectSuccess());
        JsonNode theirs = Bpftool.json("prog", "run", "pinned", pin, "data_in", packet.toString());
        assertThat(json.get("retval").intValue()).isEqualTo(theirs.get("retval").intValue());
        assertThat(left).hasBinaryContent(new byte[64]);
    }

    @Test
    void runsAreCountedForAWhile() throws Exception {
        Path packet = folder.resolve("packet");
        Files.write(packet, new byte[64]);
        AtomicBoolean counted = new AtomicBoolean();
        Thread traffic = Thread.ofPlatform().start(() -> {
            while (!counted.get()) {
                Bpftool.run("prog", "run", "pinned", pin, "data_in", packet.toString(), "repeat", "1000");
            }
        });
        JsonNode json = new JsonMapper()
                .readTree(skep("prog", "stats", "pinned", pin, "--seconds", "0.8", "--json")
                        .expectSuccess());
        counted.set(true);
        traffic.join();
        assertThat(json.at("/programs/0/name").textValue()).isEqualTo("firewall");
        assertThat(json.at("/programs/0/run_cnt").longValue()).isPositive();
        assertThat(json.at("/programs/0/run_time_ns").longValue()).isPositive();
    }
}
