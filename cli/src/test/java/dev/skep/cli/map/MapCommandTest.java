package dev.skep.cli.map;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands on maps, against those of a firewall that bpftool loads, and some that it makes. */
@NeedsBpf
@NeedsTool("bpftool")
class MapCommandTest {
    private static PrivateBpfFileSystem bpffs;

    @BeforeAll
    static void load() {
        bpffs = new PrivateBpfFileSystem();
        Bpftool.run("prog", "loadall", "examples/xdp-firewall/firewall.o", pin("programs"), "pinmaps", pin("maps"));
    }

    @AfterAll
    static void unload() {
        bpffs.close();
    }

    private static String pin(String name) {
        return bpffs.path(name).toString();
    }

    /** Runs {@code skep map VERB pinned PIN ...}. */
    private static SkepInside.Result map(String verb, String name, String... rest) {
        List<String> args = new ArrayList<>(List.of("map", verb, "pinned", pin(name)));
        args.addAll(List.of(rest));
        return skep(args.toArray(String[]::new));
    }

    private static JsonNode json(SkepInside.Result result) throws IOException {
        return new JsonMapper().readTree(result.expectSuccess());
    }

    private static void create(String name, String type, int key, int value, int entries) {
        Bpftool.run(
                "map",
                "create",
                pin(name),
                "type",
                type,
                "key",
                "" + key,
                "value",
                "" + value,
                "entries",
                "" + entries,
                "name",
                name);
    }

    @Test
    void aMapIsShownAsBpftoolShowsIt() throws IOException {
        for (String name : List.of("blocked_v4", "ports", "reasons", "firewall_rodata", "drops")) {
            JsonNode theirs = Bpftool.json("map", "show", "pinned", pin("maps/" + name));
            JsonNode ours = json(map("show", "maps/" + name, "--json")).at("/maps/0");
            for (String field : new String[] {
                "id", "type", "name", "flags", "bytes_key", "bytes_value", "max_entries", "bytes_memlock", "frozen"
            }) {
                assertThat(ours.get(field)).as(name + " " + field).isEqualTo(theirs.get(field));
            }
        }
        assertThat(map("show", "maps/ports").expectSuccess())
                .contains("  key      4 bytes, struct service\n", "  pinned   " + pin("maps/ports") + "\n");
        assertThat(skep("map", "list").expectSuccess()).contains(pin("maps/ports"));
    }

    @Test
    void entriesAreWrittenAndReadByTheirTypes() throws IOException {
        String key = "{\"port\": 443, \"protocol\": 6}";
        map("update", "maps/ports", "key", key, "value", "BLOCK").expectSuccess();
        JsonNode entry = json(map("lookup", "maps/ports", "key", key, "--json"));
        assertThat(entry.at("/key/port").intValue()).isEqualTo(443);
        JsonNode theirs = Bpftool.json("map", "dump", "pinned", pin("maps/ports"));
        assertThat(theirs.at("/0/formatted/key/port").intValue()).isEqualTo(443);
        assertThat(map("dump", "maps/ports").expectSuccess()).isEqualTo("{protocol = 6, port = 443}: BLOCK\n");
        map("delete", "maps/ports", "key", key).expectSuccess();
        SkepInside.Result gone = map("lookup", "maps/ports", "key", key);
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(gone.err()).contains("ENOENT: map ports (HASH) has no entry for key {protocol = 6, port = 443}\n");
    }

    @Test
    void entriesAreWrittenAsBytesAsForBpftool() throws IOException {
        create("plain", "hash", 4, 8, 4);
        map(
                        "update", "plain", "key", "1", "2", "3", "4", "value", "hex", "ff", "00", "00", "00", "00",
                        "00", "00", "80")
                .expectSuccess();
        JsonNode theirs = Bpftool.json("map", "lookup", "pinned", pin("plain"), "key", "1", "2", "3", "4");
        assertThat(theirs.get("value").toString())
                .isEqualTo("[\"0xff\",\"0x00\",\"0x00\",\"0x00\",\"0x00\",\"0x00\",\"0x00\",\"0x80\"]");
        assertThat(map("getnext", "plain").expectSuccess()).isEqualTo("01020304\n");
        assertThat(json(map("dump", "plain", "--json")).toString())
                .isEqualTo("{\"entries\":[{\"key\":\"01020304\",\"key_bytes\":\"01020304\","
                        + "\"value\":\"ff00000000000080\",\"value_bytes\":\"ff00000000000080\"}]}");
        assertThat(map("update", "plain", "key", "1", "2", "3", "value", "0").err())
                .startsWith("skep: error: a key of map 'plain' has 4 bytes, and 3 are given\n");
        assertThat(map("update", "plain", "key", "1", "2", "3", "4", "value", "5", "noexist")
                        .err())
                .contains("EEXIST");
    }

    @Test
    void aPerCpuValueIsStoredForEveryCpuAndShownAsTheirSum() throws IOException {
        create("percpu", "percpu_array", 4, 8, 2);
        map("update", "percpu", "key", "1", "value", "0x10").expectSuccess();
        JsonNode entry = json(map("lookup", "percpu", "key", "1", "--json"));
        assertThat(entry.get("per_cpu"))
                .hasSizeGreaterThanOrEqualTo(1)
                .allSatisfy(value -> assertThat(value.textValue()).isEqualTo("1000000000000000"));
        JsonNode reason = json(map("dump", "maps/reasons", "--json"));
        assertThat(reason.get("entries")).isNotNull();
    }

    @Test
    void aQueueGivesWhatWasPutIn() {
        create("jobs", "queue", 0, 4, 3);
        map("push", "jobs", "value", "7").expectSuccess();
        map("enqueue", "jobs", "value", "8").expectSuccess();
        assertThat(map("peek", "jobs").expectSuccess()).isEqualTo("07000000\n");
        assertThat(map("pop", "jobs").expectSuccess()).isEqualTo("07000000\n");
        assertThat(map("dequeue", "jobs").expectSuccess()).isEqualTo("08000000\n");
        assertThat(map("pop", "jobs").err()).isEqualTo("skep: error: ENOENT: map jobs (QUEUE) is empty\n");
    }

    @Test
    void aFrozenMapTakesNoMoreWrites() {
        create("settings", "array", 4, 4, 1);
        map("freeze", "settings").expectSuccess();
        assertThat(map("show", "settings").expectSuccess()).contains("  flags    frozen\n");
        assertThat(map("update", "settings", "key", "0", "value", "1").err()).contains("EPERM");
    }

    @Test
    void aMapOfMapsHoldsMapsByTheirIds() throws IOException {
        create("inner", "array", 4, 4, 1);
        Bpftool.run(
                "map",
                "create",
                pin("outer"),
                "type",
                "array_of_maps",
                "key",
                "4",
                "value",
                "4",
                "entries",
                "2",
                "name",
                "outer",
                "inner_map",
                "pinned",
                pin("inner"));
        map("update", "outer", "key", "1", "value", "pinned", pin("inner")).expectSuccess();
        int inner = json(map("show", "inner", "--json")).at("/maps/0/id").intValue();
        assertThat(map("lookup", "outer", "key", "1").expectSuccess()).isEqualTo("1: " + inner + "\n");
        map("pin", "inner", pin("inner2")).expectSuccess();
        assertThat(map("show", "inner2").expectSuccess()).contains(pin("inner") + "\n", pin("inner2") + "\n");
    }

    @Test
    void wordsThatWouldBeIgnoredAreRefused() {
        SkepInside.Result onCard = skep(
                "map",
                "create",
                pin("card"),
                "type",
                "perf_event_array",
                "key",
                "4",
                "value",
                "4",
                "entries",
                "1",
                "dev",
                "lo");
        assertThat(onCard.exitCode()).isEqualTo(2);
        assertThat(onCard.err()).contains("a perf_event_array is never held by a card");

        SkepInside.Result types = skep("btf", "dump", "map", "pinned", pin("maps/ports"), "key", "--type", "flow");
        assertThat(types.exitCode()).isEqualTo(2);
        assertThat(types.err()).contains("choose one: --type flow, or key, value or kv of the map");
    }
}
