package dev.skep.cli.load;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.SkepInside;
import dev.skep.cli.kernel.PrivateBpfFileSystem;
import dev.skep.cli.link.VethPair;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of {@code skep load} that change an object before it is loaded. */
@NeedsBpf
class ObjectSettingsTest {
    private static final String FIREWALL = "examples/xdp-firewall/firewall.o";
    private static final String REPLACEMENT = "linux/src/test/c/replace.bpf.o";

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

    private String object(String program) throws IOException {
        Path text = folder.resolve("program.s");
        Files.writeString(text, ".license \"GPL\"\n.program " + program + "\n    r0 = 0\n    exit\n");
        Path object = folder.resolve("program.o");
        skep("asm", text.toString(), "-o", object.toString()).expectSuccess();
        return object.toString();
    }

    @Test
    void aProgramIsLoadedAsOfAnotherSection() throws IOException {
        String object = object("p tc");
        assertThat(json("load", object, "--json").get("type").textValue()).isEqualTo("sched_cls");
        assertThat(json("load", object, "--section", "p=xdp", "--json")
                        .get("type")
                        .textValue())
                .isEqualTo("xdp");
        assertThat(skep("load", object, "--section", "p=no_such").expectBadInput())
                .contains("no programs are in sections named 'no_such', as p is to be");
        assertThat(skep("load", object, "--section", "q=xdp").err()).contains("has no program q; it has p");
    }

    @Test
    void aMapOfTheKernelIsUsed() throws IOException {
        String first = bpffs.path("first").toString();
        String second = bpffs.path("second").toString();
        skep("load", FIREWALL, "--pin-maps", first);
        String reasons = "pinned:" + first + "/reasons";
        assertThat(skep("load", FIREWALL, "--reuse-map", "reasons=" + reasons, "--pin", second)
                        .exitCode())
                .isZero();
        JsonNode map =
                json("map", "show", "pinned", first + "/reasons", "--json").at("/maps/0/id");
        assertThat(json("prog", "show", "pinned", second + "/firewall", "--json")
                        .at("/programs/0/map_ids"))
                .contains(map);
        assertThat(skep("load", FIREWALL, "--reuse-map", "reasons=" + first + "/reasons")
                        .expectBadInput())
                .contains("names no map; write id:N, name:NAME or pinned:PATH");
        assertThat(skep("load", FIREWALL, "--reuse-map", "reasons=name:no_such_map")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void mapsAlonePinnedStay() throws IOException {
        Path maps = bpffs.path("maps");
        SkepInside.Result result = skep("load", FIREWALL, "--pin-maps", maps.toString());
        assertThat(result.exitCode()).isZero();
        assertThat(maps.resolve("reasons")).exists();
        assertThat(maps.resolve("firewall")).doesNotExist();

        skep(
                "load",
                FIREWALL,
                "--pin",
                bpffs.path("all").toString(),
                "--pin-maps",
                bpffs.path("m").toString());
        assertThat(bpffs.path("all/firewall")).exists();
        assertThat(bpffs.path("m/reasons")).exists();
        assertThat(bpffs.path("all/maps")).doesNotExist();
    }

    @Test
    void anotherProgramIsNamedAsTarget() throws IOException {
        String pins = bpffs.path("target").toString();
        assertThat(skep("load", REPLACEMENT, "--prog", "filter", "--pin", pins).exitCode())
                .isZero();
        SkepInside.Result none = skep("load", REPLACEMENT, "--prog", "drop");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.out()).contains("replaces a function of another program, and nobody says of which");

        String filter = "pinned:" + pins + "/filter";
        SkepInside.Result missing =
                skep("load", REPLACEMENT, "--prog", "drop", "--target", "drop=" + filter + ":no_such", "--json");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(new JsonMapper().readTree(missing.out()).get("error").textValue())
                .startsWith("ENOENT: ")
                .endsWith("has no function no_such for drop");

        // Where the kernel has trampolines it is loaded, else refused by the system: never for want of a target.
        SkepInside.Result named = skep("load", REPLACEMENT, "--prog", "drop", "--target", "drop=" + filter, "--json");
        JsonNode report = new JsonMapper().readTree(named.out());
        if (!report.get("loaded").booleanValue()) {
            assertThat(named.exitCode()).isEqualTo(3);
            assertThat(report.get("error").textValue()).startsWith("EPERM: ");
        }
        assertThat(skep("load", REPLACEMENT, "--target", "drop=filter").expectBadInput())
                .contains("'filter' names no program; write id:N, name:NAME, tag:TAG or pinned:PATH");
    }

    @Test
    void aCardThatRunsNoProgramsIsNamed() throws IOException {
        SkepInside.Result result = skep("load", object("p xdp"), "--offload", "lo", "--json");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(new JsonMapper().readTree(result.out()).get("error").textValue())
                .startsWith("EOPNOTSUPP: ")
                .contains("the card of lo or its driver cannot run programs");
        assertThat(skep("load", FIREWALL, "--offload", "lo").out()) // the maps come first
                .contains("create map ")
                .contains("the card of lo or its driver cannot run programs");
        assertThat(skep("load", object("p xdp"), "--offload", "no_such").out())
                .contains("ENODEV: there is no network interface no_such");
    }

    @Test
    @NeedsTool("ip")
    void aProgramIsLoadedForOneInterface() throws IOException {
        try (VethPair cable = new VethPair()) {
            String object = object("p xdp");
            SkepInside.Result there =
                    skep("load", object, "--bind", cable.far(), "--attach", "xdp:" + cable.far(), "--seconds", "0.01");
            assertThat(there.exitCode()).as(there.err()).isZero();
            SkepInside.Result elsewhere = skep("load", object, "--bind", cable.far(), "--attach", "xdp:lo");
            assertThat(elsewhere.exitCode()).isEqualTo(1);
            assertThat(elsewhere.err()).contains("EINVAL", "the program was loaded for a device");
        }
    }

    @Test
    void optionsThatWouldBeIgnoredAreRefused() throws IOException {
        SkepInside.Result both = skep("load", object("p xdp"), "--bind", "lo", "--offload", "lo");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("--offload and --bind exclude each other");
        SkepInside.Result other = skep("load", object("p tc"), "--bind", "lo");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("--bind is for XDP programs, and ", " has none");
    }
}
