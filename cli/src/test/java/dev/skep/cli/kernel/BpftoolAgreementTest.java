package dev.skep.cli.kernel;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.link.VethPair;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.MountTable;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the listing commands print as JSON, field by field beside bpftool's, for programs, maps and links of several kinds. Each
 * field of bpftool's has to be there with the same value, but for those that the commands' pages name.
 */
@NeedsBpf
@NeedsTool({"bpftool", "ip"})
class BpftoolAgreementTest {
    private static PrivateBpfFileSystem bpffs;
    private static VethPair cable;
    private static Path group;

    @BeforeAll
    static void load() throws IOException {
        String cgroups =
                MountTable.of(MachineFiles.OF_THIS_MACHINE).find("cgroup2").orElse("");
        Assumptions.assumeFalse(cgroups.isEmpty(), "cgroup2 is not mounted");
        bpffs = new PrivateBpfFileSystem();
        cable = new VethPair();
        group = Files.createDirectory(
                Path.of(cgroups, "skep-agree-" + ProcessHandle.current().pid()));
        pin("firewall", "examples/xdp-firewall/firewall.o", "xdp:" + cable.far());
        pin("dnat", "examples/tc-dnat/dnat.o", "tc-ingress:" + cable.far());
        pin("quota", "examples/cgroup-quota/quota.o", "cgroup:" + group);
        pin("control", "linux/src/test/c/control.bpf.o", "auto");
        skep("iter", "pin", "examples/map-iterator/maps.o", bpffs.path("maps").toString());
    }

    private static void pin(String name, String object, String place) {
        String pins = bpffs.path(name).toString();
        // A filter is attached without a link, which has no pin.
        String[] command = place.startsWith("tc-")
                ? new String[] {"load", object, "--pin", pins}
                : new String[] {"load", object, "--pin", pins, "--attach", place};
        assertThat(skep(command).exitCode()).as(object).isZero();
    }

    @AfterAll
    static void unload() throws IOException {
        if (bpffs == null) {
            return;
        }
        skep("struct_ops", "unregister", "name", "by_value");
        bpffs.close();
        if (cable != null) {
            cable.close();
        }
        if (group != null) {
            Files.delete(group);
        }
    }

    private static JsonNode ours(String... command) throws IOException {
        return new JsonMapper()
                .readTree(skep(command).expectSuccess())
                .iterator()
                .next();
    }

    private static JsonNode byId(JsonNode array, JsonNode id) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(each -> each.get("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** That everything that bpftool shows of what is pinned here is shown alike. @return how many things were compared */
    private static int compare(String kind, Set<String> otherwise) throws IOException {
        JsonNode ours = ours(kind, "list", "--json");
        int compared = 0;
        for (JsonNode our : ours) {
            if (!isHere(our)) {
                continue;
            }
            // bpftool's own list shows some maps with the types of the map before.
            JsonNode theirs =
                    Bpftool.json("-f", kind, "show", "id", our.get("id").toString());
            assertThat(theirs.isObject()).isTrue();
            theirs.properties().stream()
                    .filter(field -> !otherwise.contains(field.getKey()))
                    .forEach(field -> assertAlike(kind + " " + theirs, our, field));
            compared++;
        }
        return compared;
    }

    private static void assertAlike(String what, JsonNode our, Map.Entry<String, JsonNode> field) {
        assertThat(our.has(field.getKey()))
                .as("%s has %s", what, field.getKey())
                .isTrue();
        assertThat(sorted(our.get(field.getKey())))
                .as("%s %s", what, field.getKey())
                .isEqualTo(sorted(field.getValue()));
    }

    private static boolean isHere(JsonNode object) {
        return StreamSupport.stream(object.path("pinned").spliterator(), false)
                .anyMatch(pin -> pin.textValue().startsWith(bpffs.path("").toString()));
    }

    /** Lists of ids have no order. */
    private static Object sorted(JsonNode value) {
        if (!value.isArray()) {
            return String.valueOf(value);
        }
        Set<String> elements = new TreeSet<>();
        value.forEach(element -> elements.add(element.toString()));
        return elements;
    }

    @Test
    void programsAreShownAlike() throws IOException {
        // The time of loading is reckoned from two clocks: ProgCommandTest allows it two seconds.
        assertThat(compare("prog", Set.of("loaded_at"))).isEqualTo(6);
    }

    @Test
    void mapsAreShownAlike() throws IOException {
        assertThat(compare("map", Set.of())).isGreaterThan(15);
    }

    @Test
    void linksAreShownAlike() throws IOException {
        assertThat(compare("link", Set.of())).isEqualTo(4);
    }

    @Test
    void setsOfTypesAreShownAlike() throws IOException {
        JsonNode ours = ours("btf", "list", "--json");
        for (String name : new String[] {"firewall", "quota"}) {
            String pin = bpffs.path(name + "/" + name).toString();
            JsonNode id = Bpftool.json("prog", "show", "pinned", pin).get("btf_id");
            JsonNode theirs = byId(Bpftool.json("btf", "list"), id);
            JsonNode our = byId(ours, id);
            theirs.properties().forEach(field -> assertAlike(name, our, field));
        }
    }

    @Test
    void controlGroupsAreShownAlike() throws IOException {
        JsonNode theirs = Bpftool.json("cgroup", "tree", group.toString()).get(0);
        JsonNode ours = ours("cgroup", "tree", group.toString(), "--json").get(0);
        assertThat(ours.get("cgroup")).isEqualTo(theirs.get("cgroup"));
        JsonNode program = theirs.at("/programs/0");
        for (String field : new String[] {"id", "attach_type", "attach_flags", "name"}) {
            assertThat(ours.at("/programs/0/" + field)).as(field).isEqualTo(program.get(field));
        }
    }

    @Test
    void interfacesHaveTheSameXdpProgram() throws IOException {
        JsonNode theirs = Bpftool.json("net", "show", "dev", cable.far()).at("/0/xdp/0");
        JsonNode ours = ours("net", "list", "dev", cable.far(), "--json").get(0);
        assertThat(ours.get("devname")).isEqualTo(theirs.get("devname"));
        assertThat(ours.get("ifindex")).isEqualTo(theirs.get("ifindex"));
        assertThat(ours.get("prog_id")).isEqualTo(theirs.get("id"));
        assertThat(theirs.get("mode").textValue()).isEqualTo("driver");
        assertThat(ours.get("mode").textValue()).isEqualTo("native");
    }
}
