package dev.skep.cli.structops;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.SkepInside;
import dev.skep.cli.kernel.Bpftool;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import dev.skep.testkit.NeedsTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands on structures of functions, with a TCP congestion control registered by a link and one without. */
@NeedsBpf
@NeedsKernel(feature = KernelFeature.STRUCT_OPS_LINK)
class StructOpsCommandTest {
    private static final String CONTROL = "linux/src/test/c/control.bpf.o";
    private static final Path AVAILABLE = Path.of("/proc/sys/net/ipv4/tcp_available_congestion_control");

    private final PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem();

    @AfterEach
    void close() {
        skep("struct_ops", "unregister", "name", "by_value"); // where a test ended early
        bpffs.close();
    }

    private static List<String> available() throws IOException {
        return List.of(Files.readString(AVAILABLE).strip().split(" "));
    }

    private static void awaitAvailable(String name, boolean wanted) throws Exception {
        for (int i = 0; i < 100 && available().contains(name) != wanted; i++) {
            Thread.sleep(100); // the kernel frees what was registered some time after it is let go
        }
        assertThat(available().contains(name)).as(name).isEqualTo(wanted);
    }

    private void register() {
        skep("struct_ops", "register", CONTROL, bpffs.path("tcp").toString()).expectSuccess();
    }

    private static JsonNode structure(String command, String name) throws IOException {
        return new JsonMapper()
                .readTree(skep("struct_ops", command, "name", name, "--json").expectSuccess())
                .at("/struct_ops/0");
    }

    @Test
    void whatIsRegisteredStaysUntilItIsUnregistered() throws Exception {
        register();
        assertThat(available()).contains("skep_by_link", "skep_by_value");
        assertThat(bpffs.path("tcp/by_link")).exists();
        assertThat(bpffs.path("tcp/by_value")).doesNotExist(); // it needs no pin

        assertThat(skep("struct_ops", "unregister", "name", "by_value").expectSuccess())
                .startsWith("unregistered by_value, map ");
        SkepInside.Result byLink = skep("struct_ops", "unregister", "name", "by_link");
        assertThat(byLink.exitCode()).isEqualTo(1);
        assertThat(byLink.err()).contains("by_link is registered by a link; detach that: skep link detach id ");
        skep("link", "detach", "pinned", bpffs.path("tcp/by_link").toString()).expectSuccess();
        awaitAvailable("skep_by_value", false);
        awaitAvailable("skep_by_link", false);
    }

    @Test
    @NeedsTool("bpftool")
    void structuresAreShownAsBpftoolShowsThem() throws Exception {
        register();
        JsonNode ours = structure("list", "by_link");
        JsonNode theirs = Bpftool.json("struct_ops", "show", "name", "by_link").get(0);
        assertThat(theirs.properties())
                .isNotEmpty()
                .allSatisfy(field ->
                        assertThat(ours.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue()));
        assertThat(ours.get("state").textValue()).isEqualTo("ready");
        assertThat(ours.get("link_ids")).hasSize(1);
        assertThat(structure("list", "by_value").get("state").textValue()).isEqualTo("inuse");

        JsonNode value = structure("dump", "by_value").get("value");
        JsonNode dumped =
                Bpftool.json("struct_ops", "dump", "name", "by_value").get(1).get("bpf_struct_ops_tcp_congestion_ops");
        for (String member : List.of("ssthresh", "cong_avoid", "undo_cwnd")) {
            long program = value.at("/data/" + member).longValue();
            assertThat(program).as(member).isPositive();
            assertThat(dumped.at("/data/" + member).textValue()).endsWith("/prog_id:" + program);
        }
        assertThat(skep("struct_ops", "dump", "name", "by_value").expectSuccess())
                .containsPattern("ssthresh +program \\d+ ssthresh\n")
                .contains("  name             \"skep_by_value\"\n");
    }

    @Test
    void mapsOfOtherKindsMayHaveTheSameName() {
        register();
        String pin = bpffs.path("other").toString();
        skep("map", "create", pin, "type", "array", "key", "4", "value", "4", "entries", "1", "name", "by_value")
                .expectSuccess();
        assertThat(skep("struct_ops", "list", "name", "by_value").expectSuccess())
                .contains("tcp_congestion_ops");
        assertThat(skep("struct_ops", "unregister", "name", "by_value").expectSuccess())
                .startsWith("unregistered by_value, map ");
    }

    @Test
    void linksNeedAFolderForTheirPins() {
        assertThat(skep("struct_ops", "register", CONTROL).expectBadInput())
                .contains("its structures are registered by links", "name a folder of a bpf file system");
        assertThat(skep("struct_ops", "register", "examples/xdp-firewall/firewall.o")
                        .expectBadInput())
                .contains("it has no structure of functions");
    }

    @Test
    void otherMapsAreNoStructures() throws Exception {
        String pin = bpffs.path("counters").toString();
        skep("map", "create", pin, "type", "array", "key", "4", "value", "4", "entries", "1")
                .expectSuccess();
        assertThat(skep("struct_ops", "dump", "pinned", pin).err()).contains("is no struct_ops");
    }

    @Test
    void loadAttachesThemWithTheRest() throws Exception {
        SkepInside.Result result = skep("load", CONTROL, "--attach", "auto", "--seconds", "0.05");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains("skep: attached struct_ops variable by_link\n")
                .contains("skep: attached struct_ops variable by_value\n");
        awaitAvailable("skep_by_link", false);
        awaitAvailable("skep_by_value", false);

        skep("load", CONTROL, "--attach", "auto", "--pin", bpffs.path("kept").toString());
        assertThat(available()).contains("skep_by_link", "skep_by_value");
        assertThat(bpffs.path("kept/links/by_link")).exists();
        assertThat(bpffs.path("kept/links/by_value")).doesNotExist();
    }
}
