package dev.skep.cli.attached;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.SkepInside;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.cli.link.VethPair;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.MountTable;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import dev.skep.testkit.NeedsTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code attach} and {@code detach} of {@code skep prog}, {@code net} and {@code cgroup}: what is attached stays without a holder. */
@NeedsBpf
class LastingAttachmentCommandsTest {
    private final PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        bpffs.close();
    }

    private static JsonNode json(String... args) throws IOException {
        return new JsonMapper().readTree(skep(args).expectSuccess());
    }

    private static void run(String... args) {
        skep(args).expectSuccess();
    }

    /** Loads programs of one instruction each. @return the folder of their pins */
    private String pins(String... programs) throws IOException {
        StringBuilder text = new StringBuilder(".license \"GPL\"\n");
        for (String program : programs) {
            text.append(".program ").append(program).append("\n    r0 = 1\n    exit\n");
        }
        Path source = folder.resolve("programs.s");
        Files.writeString(source, text);
        Path object = folder.resolve("programs.o");
        run("asm", source.toString(), "-o", object.toString());
        String pins = bpffs.path("programs").toString();
        assertThat(skep("load", object.toString(), "--pin", pins).exitCode()).isZero();
        return pins;
    }

    @Test
    @NeedsTool("ip")
    void anInterfacesProgramIsAttachedReplacedAndDetached() throws IOException {
        String pins = pins("first xdp", "second xdp");
        try (VethPair cable = new VethPair()) {
            run("net", "attach", "xdpgeneric", "pinned", pins + "/first", "dev", cable.far());
            assertThat(hooks(cable)).containsExactly("xdp generic first");
            SkepInside.Result again =
                    skep("net", "attach", "xdpgeneric", "pinned", pins + "/second", "dev", cable.far());
            assertThat(again.exitCode()).isEqualTo(1);
            assertThat(again.err()).contains("EBUSY", "an XDP program is attached there already");

            run("net", "attach", "xdpgeneric", "pinned", pins + "/second", "dev", cable.far(), "overwrite");
            assertThat(hooks(cable)).containsExactly("xdp generic second");
            assertThat(skep("net", "detach", "xdpdrv", "dev", cable.far()).err())
                    .contains("ENOENT", "in this mode; by mode there are {GENERIC=");
            run("net", "detach", "xdpgeneric", "dev", cable.far());
            assertThat(hooks(cable)).isEmpty();
            assertThat(skep("net", "detach", "xdp", "dev", cable.far()).err()).contains("no program is at XDP on ");
        }
    }

    @Test
    @NeedsTool("ip")
    @NeedsKernel(feature = KernelFeature.TCX)
    void programsAreAddedToARowAndTakenOut() throws IOException {
        String pins = pins("first tc", "second tc");
        try (VethPair cable = new VethPair()) {
            run("net", "attach", "tcx_ingress", "pinned", pins + "/first", "dev", cable.far());
            run("net", "attach", "tcx_ingress", "pinned", pins + "/second", "dev", cable.far());
            assertThat(hooks(cable)).containsExactly("tcx_ingress null first", "tcx_ingress null second");
            run("net", "detach", "tcx_ingress", "pinned", pins + "/first", "dev", cable.far());
            assertThat(hooks(cable)).containsExactly("tcx_ingress null second");
            assertThat(skep("net", "detach", "tcx_ingress", "pinned", pins + "/first", "dev", cable.far())
                            .err())
                    .contains("ENOENT", "is not attached to");
            assertThat(skep("net", "detach", "tcx_ingress", "dev", cable.far()).err())
                    .contains("name the one to detach before 'dev'");
        }
    }

    private static List<String> hooks(VethPair cable) throws IOException {
        return json("net", "list", "dev", cable.far(), "--json")
                .get("net")
                .valueStream()
                .map(hook -> hook.get("kind").textValue() + " "
                        + hook.get("mode").textValue() + " " + hook.get("name").textValue())
                .toList();
    }

    @Test
    void aControlGroupsProgramsRunBelowIt() throws IOException {
        Optional<String> mount = MountTable.of(MachineFiles.OF_THIS_MACHINE).find("cgroup2");
        Assumptions.assumeTrue(mount.isPresent(), "cgroup2 is not mounted");
        String pins = pins("above cgroup_skb/egress", "below cgroup_skb/egress");
        Path group = Files.createDirectory(Path.of(
                mount.orElseThrow(), "skep-lasting-" + ProcessHandle.current().pid()));
        Path child = Files.createDirectory(group.resolve("child"));
        try {
            run("cgroup", "attach", group.toString(), "cgroup_inet_egress", "pinned", pins + "/above", "multi");
            run(
                    "cgroup",
                    "attach",
                    child.toString(),
                    "egress",
                    "pinned",
                    pins + "/below",
                    "multi"); // bpftool's shorter word
            assertThat(names("cgroup", "list", child.toString(), "--json")).containsExactly("below");
            assertThat(names("cgroup", "list", child.toString(), "--effective", "--json"))
                    .containsExactlyInAnyOrder("above", "below");
            assertThat(json("cgroup", "list", child.toString(), "--effective", "--json")
                            .at("/cgroups/0/programs/0")
                            .has("attach_flags"))
                    .isFalse();
            run("cgroup", "detach", child.toString(), "cgroup_inet_egress", "pinned", pins + "/below");
            assertThat(names("cgroup", "list", child.toString(), "--json")).isEmpty();
            assertThat(skep("cgroup", "detach", child.toString(), "cgroup_inet_egress", "pinned", pins + "/below")
                            .err())
                    .contains("ENOENT");
            assertThat(skep("cgroup", "attach", child.toString(), "xdp", "pinned", pins + "/below")
                            .err())
                    .contains("'xdp' is none of the attach types here: cgroup_inet_ingress");
        } finally {
            Files.delete(child);
            Files.delete(group);
        }
    }

    private static List<String> names(String... args) throws IOException {
        return json(args)
                .at("/cgroups/0/programs")
                .valueStream()
                .map(program -> program.get("name").textValue())
                .toList();
    }

    @Test
    void aProgramIsAttachedToAMapOfSockets() throws IOException {
        String verdict = pins("verdict sk_skb/verdict") + "/verdict";
        String map = bpffs.path("sockets").toString();
        run("map", "create", map, "type", "sockmap", "key", "4", "value", "4", "entries", "4", "name", "sockets");
        run("prog", "attach", "pinned", verdict, "sk_skb_verdict", "pinned", map);
        SkepInside.Result again = skep("prog", "attach", "pinned", verdict, "sk_skb_verdict", "pinned", map);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("EBUSY");
        run("prog", "detach", "pinned", verdict, "sk_skb_verdict", "pinned", map);
        assertThat(skep("prog", "detach", "pinned", verdict, "sk_skb_verdict", "pinned", map)
                        .err())
                .contains("ENOENT", "is not attached to");
        assertThat(skep("prog", "attach", "pinned", verdict, "sk_skb_verdict").err())
                .contains("which map: id N, name NAME or pinned PATH is missing");
        assertThat(skep("prog", "attach", "pinned", verdict, "lirc").err())
                .contains("'lirc' is none of the attach types here: sk_msg_verdict, sk_skb_verdict");
    }
}
