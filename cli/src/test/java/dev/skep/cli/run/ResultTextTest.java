package dev.skep.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.output.Style;
import dev.skep.cli.run.Verdict.Fate;
import dev.skep.cli.types.Global;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTextTest {
    private static final ProgramSpec PROGRAM =
            new ProgramSpec("firewall", "xdp", ProgramType.XDP, Optional.empty(), Optional.empty(), true, 0, 0);

    private static final Optional<Events.Count> NONE = Optional.empty();

    private static MapContents.Entry entry(long key, long value) {
        return new MapContents.Entry(
                Optional.of(BtfValue.Whole.of(key)), Optional.of(BtfValue.Whole.of(value)), List.of(), value == 0);
    }

    private static RunResult result(List<MapContents> maps) {
        MapSpec bss = MapSpec.of(".bss", MapType.ARRAY, 4, 4, 1);
        return new RunResult(
                PROGRAM,
                1500,
                64_000,
                List.of(
                        new VerdictCount(new Verdict("XDP_DROP", Fate.DROPPED), 500, 4000),
                        new VerdictCount(new Verdict("XDP_PASS", Fate.PASSES), 1000, 60_000)),
                maps,
                List.of(new GlobalContents(new Global("lost", bss, 0, 0, 4), BtfValue.Whole.of(7))),
                0.5,
                List.of());
    }

    private static List<MapContents> maps() {
        BtfValue red = new BtfValue.Choice(BigInteger.ONE, Optional.of("RED"));
        MapContents.Entry perCpu = new MapContents.Entry(
                Optional.of(red),
                Optional.of(BtfValue.Whole.of(3)),
                List.of(BtfValue.Whole.of(1), BtfValue.Whole.of(2)),
                false);
        return List.of(
                new MapContents(
                        MapSpec.of("ports", MapType.HASH, 4, 4, 8), List.of(entry(23, 0), entry(443, 1)), true, NONE),
                new MapContents(
                        MapSpec.of("sizes", MapType.ARRAY, 4, 4, 3),
                        List.of(entry(0, 0), entry(1, 5), entry(2, 0)),
                        true,
                        NONE),
                new MapContents(MapSpec.of("colours", MapType.PERCPU_HASH, 4, 4, 3), List.of(perCpu), true, NONE),
                new MapContents(
                        MapSpec.of("events", MapType.RINGBUF, 0, 0, 4096),
                        List.of(),
                        true,
                        Optional.of(new Events.Count(2, 48, 1))),
                new MapContents(MapSpec.of("sockets", MapType.SK_STORAGE, 4, 4, 0), List.of(), false, NONE));
    }

    private static String text(RunResult result, Style style) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        new ResultText(result, style, writer).print();
        writer.flush();
        return out.toString();
    }

    @Test
    void verdictsMapsAndGlobalsAreTables() {
        assertThat(text(result(maps()), Style.PLAIN)).isEqualTo("""
                        firewall (XDP): 1,500 packets, 64,000 bytes in 0.500 s, 3,000 packets/s

                          VERDICT   PACKETS   SHARE   BYTES
                          XDP_DROP      500  33.3 %   4,000
                          XDP_PASS    1,000  66.7 %  60,000

                        Maps:
                          ports (hash, 2 entries)
                            23: 0
                            443: 1
                          sizes (array, 1 entry and 2 of zeros)
                            1: 5
                          colours (percpu_hash, 1 entry)
                            RED: 3
                          events (ringbuf, 2 records of 48 bytes, 1 record lost)
                          sockets (sk_storage, cannot be listed)

                        Globals:
                          lost = 7
                        """);
    }

    @Test
    void aTerminalGetsColours() {
        assertThat(text(result(List.of()), new Style(true)))
                .contains("\u001b[31mXDP_DROP\u001b[0m")
                .contains("\u001b[32mXDP_PASS\u001b[0m");
    }

    @Test
    void longMapsAreCut() {
        List<MapContents.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            entries.add(entry(i, i));
        }
        MapContents map = new MapContents(MapSpec.of("many", MapType.HASH, 4, 4, 100), entries, true, NONE);
        assertThat(text(result(List.of(map)), Style.PLAIN))
                .contains("    11: 11\n    ... and 68 more; --json prints all\n")
                .doesNotContain("12: 12");
    }

    @Test
    void jsonHasExactlyTheseMembers() throws IOException {
        StringWriter out = new StringWriter();
        ResultJson.print(result(maps()), new PrintWriter(out, true));
        JsonNode json = new JsonMapper().readTree(out.toString());
        JsonNode expected = new JsonMapper().readTree("""
                        {"program": "firewall", "packets": 1500,
                         "verdicts": {"XDP_DROP": {"packets": 500, "bytes": 4000},
                                      "XDP_PASS": {"packets": 1000, "bytes": 60000}},
                         "maps": {"ports": [{"key": 23, "value": 0}, {"key": 443, "value": 1}],
                                  "sizes": [{"key": 0, "value": 0}, {"key": 1, "value": 5}, {"key": 2, "value": 0}],
                                  "colours": [{"key": "RED", "value": 3, "per_cpu": [1, 2]}],
                                  "events": [{"key": "records", "value": 2}, {"key": "bytes", "value": 48}, {"key": "lost", "value": 1}], "sockets": []},
                         "globals": {"lost": 7}, "seconds": 0.5, "packets_per_second": 3000, "errors": []}
                        """);
        assertThat(json).isEqualTo(expected);
    }
}
