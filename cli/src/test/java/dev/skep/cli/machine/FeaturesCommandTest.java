package dev.skep.cli.machine;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FeaturesCommandTest {
    private static JsonNode json(String... args) throws IOException {
        return new JsonMapper().readTree(skep(args).expectSuccess());
    }

    @Test
    void everythingIsThereInBothForms() throws IOException {
        String text = skep("features").expectSuccess();
        assertThat(text)
                .startsWith("Linux " + KernelRelease.running() + "\n")
                .contains("\nParameters:\n", "\nFeatures:\n", "\nTypes of programs:\n", "\nTypes of maps:\n")
                .contains("\nWays to attach:\n", "\nHelpers:\n", "BPF_MAP_TYPE_HASH", "BPF_PROG_TYPE_XDP");

        JsonNode json = json("features", "--json");
        assertThat(json.at("/kernel/version_code").intValue())
                .isEqualTo(KernelRelease.running().versionCode());
        assertThat(json.get("program_types")).hasSize(32);
        assertThat(json.get("map_types")).hasSize(33);
        assertThat(json.get("helpers")).hasSizeGreaterThan(20);
        assertThat(json.at("/features/0").fieldNames()).toIterable().startsWith("name", "area", "since", "available");
    }

    @Test
    @NeedsBpf
    void theKernelHasHashMapsAndXdp() throws IOException {
        JsonNode json = json("features", "--json", "--section", "maps", "--section", "programs", "_HASH", "type_xdp");

        assertThat(json.at("/map_types/0").toString()).isEqualTo("{\"name\":\"BPF_MAP_TYPE_HASH\",\"available\":true}");
        assertThat(json.at("/program_types").toString())
                .isEqualTo("[{\"name\":\"BPF_PROG_TYPE_XDP\",\"available\":true}]");
        assertThat(json.get("helpers")).isEmpty();
    }

    @Test
    void wordsChooseByName() {
        assertThat(skep("features", "jit_enable").expectSuccess())
                .contains("net.core.bpf_jit_enable")
                .doesNotContain("harden")
                .doesNotContain("Types of maps");
    }

    /** Asking by one is TokenTest's, in linux: this process is in the machine's first user namespace, where there are none. */
    @Test
    @NeedsKernel(feature = KernelFeature.TOKEN)
    void withoutATokenItSaysWhy() {
        try (PrivateBpfFileSystem bpffs = new PrivateBpfFileSystem()) {
            String folder = bpffs.path("").toString();
            var result = skep("features", "--section", "maps", "--token", folder);
            assertThat(result.exitCode()).isNotZero();
            assertThat(result.err()).contains("cannot get a BPF token from " + folder);
        }
    }

    @Test
    void anUnknownSectionIsRefusedWithTheNamesThereAre() {
        var result = skep("features", "--section", "everything");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("everything").contains("HELPERS");
    }
}
