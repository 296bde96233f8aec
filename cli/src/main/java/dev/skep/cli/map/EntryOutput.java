package dev.skep.cli.map;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.cli.types.ValueJson;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Prints entries of a map, each on a line or as a JSON object. */
final class EntryOutput {
    private final Entries entries;

    EntryOutput(Entries entries) {
        this.entries = entries;
    }

    /** {@code KEY: VALUE}, of per-CPU maps with each CPU's; only the value if there is no key. */
    String text(byte[] key, byte[] value) {
        String shown = text(entries.shownValue(value));
        return key.length == 0 ? shown : BtfValueText.of(entries.shownKey(key)) + ": " + shown;
    }

    private static String text(Entries.Shown shown) {
        if (shown.perCpu().isEmpty()) {
            return BtfValueText.of(shown.whole().orElseThrow());
        }
        List<String> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < shown.perCpu().size(); cpu++) {
            cpus.add("cpu " + cpu + ": " + BtfValueText.of(shown.perCpu().get(cpu)));
        }
        String each = String.join(", ", cpus);
        return shown.whole()
                .map(sum -> BtfValueText.of(sum) + " (" + each + ")")
                .orElse(each);
    }

    /** Writes the members of an entry: {@code key}, {@code value}, {@code per_cpu}, and both as bytes. */
    void write(JsonGenerator json, byte[] key, byte[] value) throws IOException {
        if (key.length > 0) {
            writeKey(json, key);
        }
        Entries.Shown shown = entries.shownValue(value);
        json.writeFieldName("value");
        if (shown.whole().isPresent()) {
            ValueJson.write(json, shown.whole().get());
        } else {
            json.writeNull();
        }
        if (!shown.perCpu().isEmpty()) {
            json.writeArrayFieldStart("per_cpu");
            for (BtfValue each : shown.perCpu()) {
                ValueJson.write(json, each);
            }
            json.writeEndArray();
        }
        json.writeStringField("value_bytes", HexFormat.of().formatHex(value));
    }

    /** Writes the members {@code key} and {@code key_bytes}. */
    void writeKey(JsonGenerator json, byte[] key) throws IOException {
        json.writeFieldName("key");
        ValueJson.write(json, entries.shownKey(key));
        json.writeStringField("key_bytes", HexFormat.of().formatHex(key));
    }
}
