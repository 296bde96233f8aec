package dev.skep.cli.attached;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.MountTable;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the commands show of a place is what was attached there. */
@NeedsBpf
class AttachedByPlaceTest {
    private static JsonNode json(String... args) throws IOException {
        return new JsonMapper().readTree(skep(args).expectSuccess());
    }

    @Test
    void aControlGroupsProgramsAreListed() throws IOException {
        Optional<String> mount = MountTable.of(MachineFiles.OF_THIS_MACHINE).find("cgroup2");
        Assumptions.assumeTrue(mount.isPresent(), "cgroup2 is not mounted");
        Path group = Files.createDirectory(Path.of(
                mount.orElseThrow(), "skep-cli-" + ProcessHandle.current().pid()));
        try (PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem()) {
            String place = "cgroup:" + group + "@cgroup_inet_egress";
            String pins = bpffs.path("quota").toString();
            assertThat(skep("load", "examples/cgroup-quota/quota.o", "--attach", place, "--pin", pins)
                            .exitCode())
                    .isZero();

            JsonNode programs =
                    json("cgroup", "list", group.toString(), "--json").at("/cgroups/0/programs");
            assertThat(programs).hasSize(1);
            assertThat(programs.at("/0/attach_type").textValue()).isEqualTo("cgroup_inet_egress");
            assertThat(programs.at("/0/attach_flags").textValue()).isEqualTo("multi");
            assertThat(skep("cgroup", "tree", group.toString()).expectSuccess())
                    .contains(group + "  cgroup_inet_egress  ");
            assertThat(json("link", "list", "--json").get("links").valueStream())
                    .anySatisfy(link -> assertThat(link.get("type").textValue()).isEqualTo("cgroup"));
        } finally {
            Files.delete(group); // which detaches, if the pins have not
        }
    }

    @Test
    void anInterfacesFiltersAndRowsAreListed() throws IOException {
        try (PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem()) {
            String pins = bpffs.path("dnat").toString();
            assertThat(skep("load", "examples/tc-dnat/dnat.o", "--attach", "tcx-egress:lo", "--pin", pins)
                            .exitCode())
                    .isZero();
            JsonNode hook = json("net", "list", "--json")
                    .get("net")
                    .valueStream()
                    .filter(each -> each.get("name").textValue().equals("dnat"))
                    .findFirst()
                    .orElseThrow();
            assertThat(hook.get("devname").textValue()).isEqualTo("lo");
            assertThat(hook.get("kind").textValue()).isEqualTo("tcx_egress");
            assertThat(hook.get("link_id").intValue()).isPositive();
            skep("link", "detach", "id", hook.get("link_id").toString()).expectSuccess();
            assertThat(skep("net", "list").expectSuccess()).doesNotContain(" dnat ");
        }
    }
}
