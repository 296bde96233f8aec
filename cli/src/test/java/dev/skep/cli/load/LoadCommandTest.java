package dev.skep.cli.load;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.SkepInside;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsBpf
class LoadCommandTest {
    private static final String FIREWALL = "examples/xdp-firewall/firewall.o";

    @TempDir
    Path folder;

    /** An object of two programs, of which the kernel refuses one: it reads behind the context. */
    private String halfRefused() throws IOException {
        Path text = folder.resolve("half.s");
        Files.writeString(text, """
                .license "GPL"
                .program bad xdp
                    r0 = *(u32 *)(r1 + 4000)
                    exit
                .program good xdp
                    r0 = XDP_PASS
                    exit
                """);
        Path object = folder.resolve("half.o");
        skep("asm", text.toString(), "-o", object.toString()).expectSuccess();
        return object.toString();
    }

    private static List<JsonNode> lines(String printed) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            lines.add(new JsonMapper().readTree(line));
        }
        return lines;
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void aRefusedProgramDoesNotHideTheOthers() throws IOException {
        String half = halfRefused();
        Files.writeString(folder.resolve("no.o"), "this is no object");
        SkepInside.Result result = skep("load", half, folder.resolve("no.o").toString(), FIREWALL, "--json");
        assertThat(result.exitCode()).isEqualTo(2);

        List<JsonNode> lines = lines(result.out());
        assertThat(lines)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line.fieldNames())
                        .toIterable()
                        .startsWith("object", "program", "loaded", "tag", "error"));
        assertThat(lines.get(0).get("program").textValue()).isEqualTo("bad");
        assertThat(lines.get(0).get("loaded").booleanValue()).isFalse();
        assertThat(lines.get(0).get("tag").isNull()).isTrue();
        assertThat(lines.get(0).get("error").textValue())
                .startsWith("EACCES: invalid bpf_context access off=4000 size=4");
        assertThat(lines.get(1).get("program").textValue()).isEqualTo("good");
        assertThat(lines.get(1).get("loaded").booleanValue()).isTrue();
        assertThat(lines.get(2).get("program").textValue()).isEmpty();
        assertThat(lines.get(3).get("tag").textValue()).isEqualTo("368f12960a8d4927");
        assertThat(lines.get(3).get("error").isNull()).isTrue();
    }

    @Test
    void aRefusalIsExplainedAsByExplain() throws IOException {
        SkepInside.Result result = skep("load", halfRefused());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("  no      bad      xdp   -                            -\n")
                .contains("  bad: EACCES: invalid bpf_context access off=4000 size=4 (" + folder + "/half.s:3)\n")
                .contains("""
                          error[context-access]: bytes 4000..4003 of the context cannot be read by this type of program
                           --> %s/half.s:3 (bad, instruction 0)
                            |
                          3 | r0 = *(u32 *)(r1 + 4000)
                            | ^^^^^^^^^^^^^^^^^^^^^^^^
                            = kernel: invalid bpf_context access off=4000 size=4
                            = help: access whole fields""".formatted(folder).indent(2).stripTrailing())
                .doesNotContain("R1=ctx()");
        assertThat(skep("load", halfRefused(), "--prog", "good").exitCode()).isZero();
        assertThat(skep("load", halfRefused(), "--prog", "ugly").err())
                .contains("has no program ugly; it has bad, good");
    }

    @Test
    void theLogFollowsTheExplanationWhenAskedFor() throws IOException {
        String out = skep("load", halfRefused(), "--log").out();
        assertThat(out).containsSubsequence("error[context-access]", "    0: R1=ctx() R10=fp0\n", "    processed ");
    }

    @Test
    void jsonHasTheExplanation() throws IOException {
        List<JsonNode> lines = lines(skep("load", halfRefused(), "--json").out());
        JsonNode rejection = lines.get(0).get("rejection");
        assertThat(rejection.get("cause").textValue()).isEqualTo("context-access");
        assertThat(rejection.get("insn").intValue()).isZero();
        assertThat(rejection.get("kernel_message").textValue()).isEqualTo("invalid bpf_context access off=4000 size=4");
        assertThat(lines.get(1).get("rejection").isNull()).isTrue();
    }

    @Test
    void nothingStaysBehind() throws IOException {
        skep("load", FIREWALL).expectSuccess(); // whatever the first run opens for good is open
        long descriptors = openDescriptors();
        for (int i = 0; i < 3; i++) {
            skep("load", FIREWALL, halfRefused());
        }
        assertThat(openDescriptors()).isEqualTo(descriptors);
    }

    @Test
    void whatCannotBePinnedLeavesNoPins() throws IOException {
        try (PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem()) {
            Files.createDirectories(bpffs.path("fw/maps/ports")); // in the way
            SkepInside.Result result =
                    skep("load", FIREWALL, "--pin", bpffs.path("fw").toString());
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err()).contains("something is there already");
            assertThat(bpffs.path("fw/firewall")).doesNotExist();
        }
    }

    @Test
    void anAttachedProgramIsGoneAfterwards() {
        SkepInside.Result result = skep("load", FIREWALL, "--attach", "firewall=xdp-generic:lo", "--seconds", "0.05");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("skep: attached program firewall at XDP on lo\n");
        assertThat(skep("load", FIREWALL, "--attach", "xdp:no_such_interface").err())
                .contains("ENODEV: there is no network interface no_such_interface");
    }
}
