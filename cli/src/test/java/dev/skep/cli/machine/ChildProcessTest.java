package dev.skep.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.Main;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The commands in a process that has fewer rights than this one, or file systems of its own. */
@NeedsBpf
class ChildProcessTest {
    private static Tools.Result skep(List<String> wrapper, String... args) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(java(Main.class));
        command.addAll(List.of(args));
        return Tools.run(command, Duration.ofSeconds(60));
    }

    private static List<String> java(Class<?> main) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    /** Root without any capability: bpf(2) is refused, but files are still readable. */
    private static Tools.Result withoutCapabilities(String... args) {
        return skep(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"), args);
    }

    /** A mount namespace of its own, without bpffs and tracefs. */
    private static List<String> withoutMounts(String then) {
        return List.of("unshare", "--mount", "sh", "-c", "umount -a -t tracefs,bpf; " + then, "sh");
    }

    @Test
    @NeedsTool("setpriv")
    void withoutCapabilitiesFeaturesAreUnknownForThatReason() throws IOException {
        Tools.Result result = withoutCapabilities("features", "--json").expectSuccess();
        JsonNode json = new JsonMapper().readTree(result.stdout());

        JsonNode xdp = json.get("program_types")
                .valueStream()
                .filter(type -> type.get("name").textValue().equals("BPF_PROG_TYPE_XDP"))
                .findFirst()
                .orElseThrow();
        assertThat(xdp.get("available").isNull()).isTrue();
        assertThat(xdp.get("reason").textValue()).contains("EPERM", "lacks CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN");
        assertThat(json.at("/helpers/3/unknown").size()).isGreaterThan(200);
        assertThat(json.get("parameters")).isNotEmpty();
        assertThat(result.stderr()).isEmpty();

        assertThat(withoutCapabilities("features", "--section", "helpers")
                        .expectSuccess()
                        .stdout())
                .contains("BPF_PROG_TYPE_XDP", "unknown: the kernel answers EPERM")
                .doesNotContain(" 0\n");
    }

    @Test
    @NeedsTool("setpriv")
    void whatTakesCapabilitiesIsRefusedByTheSystem() {
        String firewall = "examples/xdp-firewall/firewall.o";
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"));
        command.addAll(java(CommandLines.class));
        command.addAll(List.of(
                "prog list",
                "prog show name firewall",
                "prog stats",
                "map list",
                "map dump id 1",
                "link list",
                "link detach id 1",
                "btf list",
                "iter list",
                "iter run examples/map-iterator/maps.o",
                "net list",
                "net attach xdp id 1 dev lo",
                "perf list",
                "struct_ops list",
                "struct_ops register linux/src/test/c/control.bpf.o /sys/fs/bpf/nowhere",
                "load " + firewall,
                "run --kernel " + firewall + " --pcap examples/captures/mixed.pcap"));
        List<String> said =
                Tools.run(command, Duration.ofSeconds(120)).stdout().lines().toList();
        assertThat(said).hasSizeGreaterThan(15).allMatch(line -> line.startsWith("3 ") && line.contains("EPERM: "));
    }

    @Test
    @NeedsTool("unshare")
    void inAUserNamespaceCapabilitiesDoNotCount() {
        List<String> namespace = List.of("unshare", "--user", "--map-root-user");
        Assumptions.assumeTrue(
                Tools.run(concatenation(namespace, "true"), Duration.ofSeconds(20))
                                .exitCode()
                        == 0,
                "this machine allows no user namespaces");

        assertThat(skep(namespace, "features", "type_xdp").expectSuccess().stdout())
                .contains("unknown", "this process is in a user namespace");
        assertThat(skep(namespace, "doctor").stdout()).contains("problem: user namespace\n");
    }

    private static List<String> concatenation(List<String> words, String last) {
        List<String> all = new ArrayList<>(words);
        all.add(last);
        return all;
    }

    @Test
    @NeedsTool("setpriv")
    void withoutCapabilitiesTheDoctorSaysSo() {
        Tools.Result result = withoutCapabilities("doctor");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.stdout())
                .contains("problem: capabilities\n")
                .contains("lacks CAP_NET_ADMIN, CAP_PERFMON, CAP_BPF")
                .contains("--cap-add NET_ADMIN --cap-add PERFMON --cap-add BPF");
    }

    @Test
    @NeedsTool({"unshare", "setpriv"})
    void withoutCapabilitiesNothingCanBeMounted() {
        Tools.Result result = skep(withoutMounts("exec setpriv --bounding-set=-all \"$@\""), "doctor", "--mount");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.stderr())
                .startsWith("skep: error: EPERM: cannot mount bpf at /sys/fs/bpf")
                .contains("lacks CAP_SYS_ADMIN");
    }

    @Test
    @NeedsTool("unshare")
    void whatIsMissingIsMountedWhenAskedFor() {
        Tools.Result result = skep(withoutMounts("exec \"$@\""), "doctor", "--mount", "--all");
        assertThat(result.stderr())
                .isEqualTo("skep: mounted bpf at /sys/fs/bpf\nskep: mounted tracefs at /sys/kernel/tracing\n");
        assertThat(result.stdout())
                .contains("ok: bpffs: /proc/self/mountinfo: at /sys/fs/bpf\n")
                .contains("ok: tracefs: /proc/self/mountinfo: at /sys/kernel/tracing\n");
    }
}
