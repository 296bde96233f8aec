package dev.skep.cli.run;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.SkepInside;
import dev.skep.engine.capture.CaptureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final String FIREWALL = "examples/xdp-firewall/firewall.o";
    private static final String DNS = "examples/socket-dns/dns.o";
    private static final String MIXED = "examples/captures/mixed.pcapng";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private static JsonNode json(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("run", "--json"));
        command.addAll(List.of(args));
        return JSON.readTree(skep(command.toArray(String[]::new)).expectSuccess());
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void verdictsAddUpAndMapsHoldWhatTheProgramCounted() throws IOException {
        JsonNode result = json(FIREWALL, "--pcap", MIXED);
        assertThat(result.propertyStream().map(member -> member.getKey()))
                .containsExactly(
                        "program", "packets", "verdicts", "maps", "globals", "seconds", "packets_per_second", "errors");
        assertThat(result.get("program").textValue()).isEqualTo("firewall");
        assertThat(result.get("packets").longValue()).isEqualTo(400);
        long packets = 0;
        for (JsonNode verdict : result.get("verdicts")) {
            packets += verdict.get("packets").longValue();
        }
        assertThat(packets).isEqualTo(400);
        assertThat(result.at("/verdicts/XDP_DROP/packets").longValue()).isEqualTo(78);

        long counted = 0;
        for (JsonNode reason : result.at("/maps/reasons")) {
            counted += reason.at("/value/packets").longValue();
            assertThat(reason.get("per_cpu").get(0)).isEqualTo(reason.get("value"));
        }
        assertThat(counted).isEqualTo(400);
        assertThat(result.at("/maps/drops/0")).isEqualTo(JSON.readTree("{\"key\": \"records\", \"value\": 81}"));
        assertThat(result.get("globals"))
                .isEqualTo(JSON.readTree("{\"syn_limit\": 8, \"report_drops\": true, \"lost_events\": 0}"));
        assertThat(result.get("errors")).isEmpty();
    }

    @Test
    void bothBackendsTellTheSame() throws IOException {
        JsonNode interpreted = json(FIREWALL, "--pcap", MIXED, "--backend", "interpreter");
        JsonNode translated = json(FIREWALL, "--pcap", MIXED, "--backend", "jit");
        for (String part : List.of("verdicts", "maps", "globals")) {
            assertThat(translated.get(part)).isEqualTo(interpreted.get(part));
        }
        assertThat(skep("run", FIREWALL, "--pcap", MIXED, "--backend", "jit", "--kernel")
                        .err())
                .contains("--backend goes without --kernel");
    }

    @Test
    void aRunCanStartFromTheMapsThatAnotherLeft() throws IOException {
        JsonNode first = json(FIREWALL, "--pcap", MIXED);
        List<String> command = new ArrayList<>(List.of(FIREWALL, "--pcap", MIXED));
        for (String map : List.of("reasons", "open_attempts")) {
            command.add("--map");
            command.add(map + "=" + file(map + ".json", first.at("/maps/" + map).toString()));
        }
        JsonNode second = json(command.toArray(String[]::new));
        JsonNode twice = json(FIREWALL, "--pcap", MIXED, "--repeat", "2");
        assertThat(second.at("/maps/reasons")).isEqualTo(twice.at("/maps/reasons"));
        assertThat(second.at("/maps/open_attempts")).isEqualTo(twice.at("/maps/open_attempts"));
        assertThat(twice.get("packets").longValue()).isEqualTo(800);
    }

    @Test
    void entriesAndGlobalsGivenBeforeTheRunDecide() throws IOException {
        Path everything =
                file("all.json", "[{\"key\": {\"prefixlen\": 0, \"address\": [0]}, \"value\": {\"packets\": 1000}}]");
        JsonNode result =
                json(FIREWALL, "--pcap", MIXED, "--map", "blocked_v4=" + everything, "--set", "report_drops=false");
        long blocked = result.at("/maps/blocked_v4/0/value/packets").longValue() - 1000;
        assertThat(blocked).isGreaterThan(200);
        assertThat(result.at("/verdicts/XDP_DROP/packets").longValue()).isGreaterThan(blocked);
        assertThat(result.at("/maps/drops/0/value").longValue()).isZero();
    }

    @Test
    void severalWorkersCountWhatOneCounts() throws IOException {
        JsonNode one = json(DNS, "--pcap", MIXED, "--repeat", "3");
        JsonNode three = json(DNS, "--pcap", MIXED, "--repeat", "3", "--workers", "3");
        assertThat(three.get("packets")).isEqualTo(one.get("packets"));
        assertThat(three.get("verdicts")).isEqualTo(one.get("verdicts"));
        assertThat(three.get("maps")).isEqualTo(one.get("maps"));
        assertThat(skep("run", DNS, "--pcap", MIXED, "--workers", "0").err()).contains("--workers must be 1 to 256");
        assertThat(skep("run", DNS, "--pcap", MIXED, "--workers", "2", "--out", "-")
                        .err())
                .contains("--workers goes without --kernel and --out");
    }

    @Test
    void theCaptureMayComeFromStandardInput() throws IOException {
        byte[] capture = Files.readAllBytes(Path.of("examples/captures/mixed.pcap"));
        assertThat(skep(capture, "run", FIREWALL, "--pcap", "-").expectSuccess())
                .startsWith("firewall (XDP): 100 packets");
    }

    @Test
    void packetsComeOutRewrittenWithTheirVerdicts() throws IOException {
        Path out = folder.resolve("out.pcapng");
        skep(
                        "run",
                        "examples/tc-dnat/dnat.o",
                        "--pcap",
                        MIXED,
                        "--out",
                        out.toString(),
                        "--map",
                        "services=examples/tc-dnat/services.json")
                .expectSuccess();
        int translated = 0;
        try (CaptureReader before = CaptureReader.open(Files.newInputStream(Path.of(MIXED)), MIXED);
                CaptureReader after = CaptureReader.open(Files.newInputStream(out), "out")) {
            while (before.next()) {
                assertThat(after.next()).isTrue();
                assertThat(after.comment()).contains("TC_ACT_OK");
                assertThat(after.capturedLength()).isEqualTo(before.capturedLength());
                assertThat(after.timestampNanos()).isEqualTo(before.timestampNanos());
                boolean same = Arrays.equals(
                        before.buffer(),
                        before.offset(),
                        before.offset() + before.capturedLength(),
                        after.buffer(),
                        after.offset(),
                        after.offset() + after.capturedLength());
                translated += same ? 0 : 1;
            }
            assertThat(after.next()).isFalse();
        }
        assertThat(translated).isEqualTo(196);
    }

    @Test
    void aDamagedCaptureIsAnErrorAfterTheResultOfWhatCameBefore() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("examples/captures/mixed.pcap"));
        Path cut = folder.resolve("cut.pcap");
        Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
        SkepInside.Result result = skep("run", "--json", FIREWALL, "--pcap", cut.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        JsonNode json = JSON.readTree(result.out());
        assertThat(json.get("packets").longValue()).isEqualTo(99);
        String error = json.at("/errors/0").textValue();
        assertThat(error).startsWith(cut + ": offset 0x").contains("the file ends inside a packet");
        assertThat(result.err()).isEqualTo("skep: error: " + error + "\n");
    }

    @Test
    void badInputIsOneLineBeforeAnythingRuns() throws IOException {
        Path list = file("list.json", "[{\"key\": {\"prefixlen\": 8, \"adress\": [1]}, \"value\": {}}]");
        Path object = file("object.json", "{}");
        Path broken = file("broken.json", "[{\"key\": ");
        assertThat(bad("--map", "blocked_v4=" + list))
                .startsWith(list + " (entry 0): ")
                .contains("adress");
        assertThat(bad("--map", "blocked_v4=" + object)).contains("this is no array of entries");
        assertThat(bad("--map", "blocked_v4=" + broken))
                .contains("no valid JSON in line 1")
                .doesNotContain("REDACTED");
        assertThat(bad("--map", "nothing=" + list))
                .contains("there is no map 'nothing'")
                .contains("blocked_v4");
        assertThat(bad("--map", "blocked_v4=/nonexistent")).isEqualTo("/nonexistent: no such file");
        assertThat(bad("--set", "nothing=1"))
                .contains("there is no global variable 'nothing'")
                .contains("syn_limit");
        assertThat(bad("--set", "syn_limit=-1")).contains("--set syn_limit");
        assertThat(bad("--prog", "nothing")).contains("there is no program 'nothing'; there are: firewall (XDP)");
        assertThat(skep("run", FIREWALL, "--pcap", FIREWALL).expectBadInput()).contains("an ELF object, not a capture");
        assertThat(skep("run", MIXED, "--pcap", FIREWALL).expectBadInput()).contains("not a BPF object");
        assertThat(skep("run", FIREWALL, "--pcap", "no.pcap").expectBadInput()).isEqualTo("no.pcap: no such file");
        assertThat(skep("run", FIREWALL, "--pcap", MIXED, "--repeat", "0").err())
                .contains("--repeat must be 1 or more");
    }

    private static String bad(String option, String value) {
        return skep("run", FIREWALL, "--pcap", MIXED, option, value).expectBadInput();
    }

    @Test
    void onlyPacketsWithTheVerdictsAskedForAreWritten() throws IOException {
        Path out = folder.resolve("out.pcapng");
        SkepInside.Result result =
                skep("run", FIREWALL, "--pcap", MIXED, "--out", out.toString(), "--out-verdict", "XDP_ABORTED,XDP_PAS");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEqualTo("skep: note: no packet got the verdict XDP_PAS of --out-verdict\n");
        try (CaptureReader written = CaptureReader.open(Files.newInputStream(out), "out")) {
            while (written.next()) {
                assertThat(written.comment()).contains("XDP_ABORTED");
            }
            assertThat(written.packets()).isEqualTo(3);
        }
        assertThat(skep("run", FIREWALL, "--pcap", MIXED, "--out-verdict", "XDP_PASS")
                        .err())
                .contains("needs --out");
        assertThat(skep("run", "-", "--pcap", "-").err()).contains("cannot both come from standard input");
    }

    @Test
    void everyKindOfMapCanBeInTheObject() throws IOException {
        JsonNode result = json("object/src/test/c/corpus/maps.o", "--pcap", "examples/captures/mixed.pcap");
        assertThat(result.get("packets").longValue()).isEqualTo(100);
        assertThat(result.get("maps").propertyStream().count()).isGreaterThan(5);
    }

    @Test
    void severalProgramsNeedAChoice() {
        assertThat(skep("run", "object/src/test/c/corpus/callbacks.o", "--pcap", MIXED)
                        .expectBadInput())
                .isEqualTo(
                        "object/src/test/c/corpus/callbacks.o: there are several programs; choose one with --prog NAME: "
                                + "sums (XDP), loops (SCHED_CLS)");
        assertThat(skep("run", "object/src/test/c/corpus/events.o", "--pcap", MIXED)
                        .expectBadInput())
                .contains("no program in it decides about packets");
    }

    private String assembled(String name, String code) throws IOException {
        Path source = file(name + ".s", ".program " + name + " xdp\n" + code.replace(';', '\n') + "\n");
        String object = folder.resolve(name + ".o").toString();
        skep("asm", source.toString(), "-o", object).expectSuccess();
        return object;
    }

    /** Reads a packet's 13th byte without looking how long it is. */
    private String careless() throws IOException {
        return assembled("careless", "r2 = *(u32 *)(r1 + 0); r0 = *(u8 *)(r2 + 12); r0 = 2; exit");
    }

    @Test
    void aRejectedProgramIsNotRunAndTheReasonIsExplained() throws IOException {
        SkepInside.Result result = skep("run", careless(), "--pcap", MIXED, "--json");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("packet-bounds", "careless.s:3", "r0 = *(u8 *)(r2 + 12)")
                .contains(
                        "skep: error: program careless is rejected by the verifier, so nothing was run; --no-verify runs it in"
                                + " checked mode\n");
    }

    @Test
    void aRejectionShowsAPacketThatGoesWrongAndTheCommandThatDoesItAgain() throws IOException {
        String object = careless();
        String err = skep("run", object, "--pcap", MIXED).err();
        String command = "skep run " + object + " --prog careless --packet 000000000000000000000000 --no-verify";
        assertThat(err)
                .contains(" = counterexample: a packet of 12 bytes: reads 1 byte at 0x", "careless.s:3\n")
                .endsWith("\ntry: " + command + "\n");

        SkepInside.Result again = skep(command.substring("skep ".length()).split(" "));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("packet 1", "careless.s:3", "reads 1 byte at");

        JsonNode verdict = JSON.readTree(
                skep("verify", object, "--kernel", "6.12", "--json").out());
        assertThat(verdict.at("/try").textValue()).isEqualTo(command);
        assertThat(verdict.at("/counterexample/packet").textValue()).isEqualTo("00".repeat(12));
        assertThat(verdict.at("/counterexample/line").intValue()).isEqualTo(3);
        assertThat(verdict.at("/counterexample/context").isNull()).isTrue();
    }

    @Test
    void aPacketCanBeGivenByItsDigits() throws IOException {
        String object = assembled("length", "r0 = *(u32 *)(r1 + 4); r2 = *(u32 *)(r1 + 0); r0 -= r2; r0 &= 3; exit");
        SkepInside.Result result = skep("run", object, "--packet", "00".repeat(15), "--no-verify", "--json");
        assertThat(JSON.readTree(result.out()).at("/verdicts/XDP_TX/packets").longValue())
                .isEqualTo(1);
        assertThat(skep("run", object, "--packet", "0x").expectBadInput()).contains("--packet", "hexadecimal");
        assertThat(skep("run", object, "--packet", "00", "--pcap", MIXED).err())
                .contains("Give --pcap IN, --packet HEX");
    }

    @Test
    void withNoVerifyARejectedProgramRunsInCheckedMode() throws IOException {
        String object = assembled("unreachable", "r0 = 2; exit; r0 = 1; exit");
        assertThat(skep("run", object, "--pcap", MIXED).exitCode()).isEqualTo(1);
        SkepInside.Result result = skep("run", object, "--pcap", MIXED, "--no-verify", "--json");
        assertThat(result.err()).isEqualTo("skep: note: --no-verify: not verified, and run in checked mode\n");
        assertThat(result.exitCode()).isZero();
        assertThat(JSON.readTree(result.out()).at("/verdicts/XDP_PASS/packets").longValue())
                .isEqualTo(400);
        assertThat(skep("run", object, "--pcap", MIXED, "--no-verify", "--kernel")
                        .err())
                .contains("--no-verify goes without --kernel");
    }

    /** The capture's 27th packet has 6 bytes. */
    @Test
    void checkedModeEndsARunAtTheFirstWrongAccess() throws IOException {
        SkepInside.Result result = skep("run", careless(), "--pcap", MIXED, "--no-verify");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).startsWith("careless (XDP): 26 packets");
        assertThat(result.err()).contains("packet 27", "careless.s:3", "reads 1 byte at");
    }

    @Test
    void anXdpProgramNeedsEthernet() throws IOException {
        byte[] raw = Files.readAllBytes(Path.of("examples/captures/mixed.pcap"));
        raw[20] = 101;
        Path capture = folder.resolve("raw.pcap");
        Files.write(capture, raw);
        assertThat(skep("run", FIREWALL, "--pcap", capture.toString()).expectBadInput())
                .contains("LINKTYPE_RAW, which a program of type XDP cannot be given");
    }
}
