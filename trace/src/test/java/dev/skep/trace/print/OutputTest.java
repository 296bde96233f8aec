package dev.skep.trace.print;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.Bytes;
import dev.skep.trace.type.TraceType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final MapContent.Entry ONE =
            entry(new Value.Tuple(List.of(new Value.Text("a\"b"), number(2))), number(5));

    private static Value.Number number(long value) {
        return new Value.Number(value, true);
    }

    private static MapContent.Entry entry(Value key, Value value) {
        return new MapContent.Entry(Optional.of(key), value);
    }

    private static String text(Consumer<Output> action) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output output = new TextOutput(bytes, Output.Buffering.FULL)) {
            action.accept(output);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String json(Consumer<Output> action) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Output output = new JsonOutput(bytes, Output.Buffering.FULL)) {
            action.accept(output);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aMapHasALineForEachKey() {
        MapContent map =
                new MapContent("x", MapContent.Kind.MAP, List.of(ONE, entry(number(1), new Value.Truth(true))));
        assertThat(text(output -> output.map(map))).isEqualTo("@x[a\"b, 2]: 5\n@x[1]: true\n");
        assertThat(json(output -> output.map(map)))
                .isEqualTo("{\"type\": \"map\", \"data\": {\"@x\": {\"a\\\"b,2\": 5, \"1\": true}}}\n");
    }

    @Test
    void aMapWithoutKeysIsOneLine() {
        MapContent map = new MapContent(
                "",
                MapContent.Kind.MAP,
                List.of(new MapContent.Entry(Optional.empty(), new Value.Buffer(Bytes.of(new byte[] {'a', 1})))));
        assertThat(text(output -> output.map(map))).isEqualTo("@: a\\x01\n");
        assertThat(json(output -> output.map(map))).isEqualTo("{\"type\": \"map\", \"data\": {\"@\": [97,1]}}\n");
    }

    @Test
    void numbersThatADoubleCannotHoldAreTextsInJson() {
        assertThat(MadeUp.json(number(1L << 53))).isEqualTo("9007199254740992");
        assertThat(MadeUp.json(number((1L << 53) + 1))).isEqualTo("\"9007199254740993\"");
        assertThat(MadeUp.json(number(-(1L << 53) - 1))).isEqualTo("\"-9007199254740993\"");
        assertThat(MadeUp.json(number(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(MadeUp.json(new Value.Number(-1, false))).isEqualTo("\"18446744073709551615\"");
    }

    @Test
    void keysInJsonHaveNoSpacesButThoseOfTexts() {
        Value record = new Value.Members(List.of(new Value.Member("x", number(1)), new Value.Member("y", number(2))));
        Value pair = new Value.Tuple(List.of(number(1), new Value.Text("a b")));
        MapContent map = new MapContent(
                "",
                MapContent.Kind.MAP,
                List.of(entry(record, number(3)), entry(new Value.Tuple(List.of(pair)), number(4))));
        assertThat(json(output -> output.map(map))).contains("{\"{.x=1,.y=2}\": 3, \"(1,a b)\": 4}");
        assertThat(text(output -> output.map(map))).isEqualTo("@[{ .x = 1, .y = 2 }]: 3\n@[(1, a b)]: 4\n");
    }

    @Test
    void aMapThatHoldsNothingIsNotPrinted() {
        MapContent map = new MapContent("x", MapContent.Kind.MAP, List.of());
        assertThat(json(output -> output.map(map)) + text(output -> output.map(map)))
                .isEmpty();
    }

    @Test
    void histogramsAreBelowTheirKeyWithALineBetween() {
        Value.Histogram one =
                new Value.Histogram(List.of(new Value.Bucket(OptionalLong.of(2), OptionalLong.of(4), 1)), false, 1);
        MapContent map =
                new MapContent("h", MapContent.Kind.HISTOGRAM, List.of(entry(number(1), one), entry(number(2), one)));
        String row = "[2, 4)                 1 |" + "@".repeat(52) + "|\n";
        assertThat(text(output -> output.map(map))).isEqualTo("@h[1]:\n" + row + "\n@h[2]:\n" + row + "\n");
        assertThat(json(output -> output.map(map)))
                .isEqualTo("{\"type\": \"hist\", \"data\": {\"@h\": {\"1\": [{\"min\": 2, \"max\": 3, \"count\": 1}], "
                        + "\"2\": [{\"min\": 2, \"max\": 3, \"count\": 1}]}}}\n");
    }

    @Test
    void aStackAsAKeyIsBetweenTheBrackets() {
        MapContent map = new MapContent(
                "",
                MapContent.Kind.MAP,
                List.of(entry(new Value.CallStack(List.of("f+1", "g+2"), TraceType.StackMode.BPFTRACE), number(3))));
        assertThat(text(output -> output.map(map))).isEqualTo("@[\n        f+1\n        g+2\n]: 3\n");
    }

    @Test
    void textsAreDocumentsInJson() {
        assertThat(text(output -> output.text(Output.Kind.PRINTF, "a\tb"))).isEqualTo("a\tb");
        assertThat(json(output -> output.text(Output.Kind.TIME, "a\t\"\\\n\u0001\u00e9")))
                .isEqualTo("{\"type\": \"time\", \"data\": \"a\\t\\\"\\\\\\n\\u0001\u00e9\"}\n");
    }

    @Test
    void theTracerSaysWhatItDoes() {
        assertThat(text(output -> assertThat(output.attached(1)).isFalse())).isEmpty();
        assertThat(text(output -> assertThat(output.lost(3)).isFalse())).isEmpty();
        assertThat(json(output -> output.attached(2)))
                .isEqualTo("{\"type\": \"attached_probes\", \"count\": 2, \"data\": {\"probes\": 2}}\n");
        assertThat(json(output -> output.lost(3)))
                .isEqualTo("{\"type\": \"lost_events\", \"data\": {\"events\": 3}}\n");
        assertThat(json(output -> output.benchmarks(Map.of("a", 7L), 100)))
                .isEqualTo("{\"type\": \"benchmark_result\", \"data\": {\"a\": {\"average\": 7, \"iters\": 100}}}\n");
    }

    @Test
    void entriesAreInTheOrderOfWhatWasCounted() {
        List<MapContent.Entry> entries =
                List.of(entry(number(1), number(9)), entry(number(5), number(3)), entry(number(4), number(3)));
        assertThat(entries.stream()
                        .sorted(ValueOrder.ENTRIES)
                        .map(each -> MadeUp.text(each.key().orElseThrow())))
                .containsExactly("4", "5", "1");
        List<MapContent.Entry> texts = List.of(
                entry(new Value.Tuple(List.of(number(2), new Value.Text("b"))), new Value.Text("x")),
                entry(new Value.Tuple(List.of(number(2), new Value.Text("a"))), new Value.Text("y")),
                entry(new Value.Tuple(List.of(number(1), new Value.Text("z"))), new Value.Text("z")));
        assertThat(texts.stream().sorted(ValueOrder.ENTRIES).map(each -> MadeUp.text(each.value())))
                .containsExactly("z", "y", "x");
    }
}
