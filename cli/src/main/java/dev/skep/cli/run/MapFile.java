package dev.skep.cli.run;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.types.JsonValues;
import dev.skep.cli.types.MapCodec;
import dev.skep.cli.types.PerCpuValues;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code --map NAME=FILE.json} puts into a map: {@code [{"key": ..., "value": ...}, ...]}, the form {@code skep run --json}
 * prints. An entry of a per-CPU map may have {@code "per_cpu": [...]} instead of a value; a value alone goes to CPU 0, so that the
 * sum over all CPUs is that value.
 */
final class MapFile {
    private final String name;
    private final Location where;
    private final JsonNode entries;

    private MapFile(String name, Location where, JsonNode entries) {
        this.name = name;
        this.where = where;
        this.entries = entries;
    }

    /**
     * Reads what an option says.
     *
     * @throws InputException if the file is no JSON, or no array
     * @throws IOException if it cannot be read
     */
    static MapFile read(String mapName, InputFile file) throws IOException {
        Location where = Location.in(file.shownName());
        JsonNode root;
        try {
            root = new JsonMapper().readTree(file.read());
        } catch (JsonProcessingException e) {
            throw notJson(where, e);
        }
        if (!root.isArray()) {
            throw new InputException(
                    where, "this is no array of entries", "write [{\"key\": ..., \"value\": ...}, ...]");
        }
        return new MapFile(mapName, where, root);
    }

    private static InputException notJson(Location where, JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String place = at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new InputException(where, "no valid JSON" + place + ": " + reason(e), "");
    }

    /** Without Jackson's note on where a bracket was opened, which names its own settings. */
    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
    }

    String mapName() {
        return name;
    }

    /**
     * Puts the entries into {@code map}.
     *
     * @param btf the types of the map's object
     * @param cpus how many CPUs the host has, each with a value of its own in per-CPU maps
     * @throws InputException naming the entry that does not fit, or that the map does not take
     */
    void fill(BpfMap map, Btf btf, int cpus) {
        MapCodec codec = new MapCodec(btf, map.spec());
        for (int i = 0; i < entries.size(); i++) {
            Location entryPlace = where.line("entry " + i);
            JsonNode entry = entries.get(i);
            byte[] key = key(entry, codec, map.spec(), entryPlace);
            byte[] value = PerCpuValues.isPerCpu(map.spec())
                    ? perCpu(entry, codec, map.spec(), cpus, entryPlace)
                    : codec.valueBytes(member(entry, "value", entryPlace), entryPlace);
            try {
                map.update(key, value);
            } catch (HostException e) {
                throw new InputException(
                        entryPlace, "map '" + name + "' does not take this entry: " + e.getMessage(), "");
            }
        }
    }

    private static byte[] key(JsonNode entry, MapCodec codec, MapSpec spec, Location where) {
        // A queue's or stack's elements have no key.
        return spec.keySize() == 0 ? new byte[0] : codec.keyBytes(member(entry, "key", where), where);
    }

    private static BtfValue member(JsonNode entry, String name, Location where) {
        JsonNode node = entry.get(name);
        if (node == null) {
            throw new InputException(
                    where, "there is no \"" + name + "\"", "an entry is {\"key\": ..., \"value\": ...}");
        }
        return JsonValues.of(node, where);
    }

    private static byte[] perCpu(JsonNode entry, MapCodec codec, MapSpec spec, int cpus, Location where) {
        List<byte[]> values = new ArrayList<>();
        if (entry.get("per_cpu") instanceof JsonNode list && list.isArray()) {
            list.forEach(each -> values.add(codec.valueBytes(JsonValues.of(each, where), where)));
        } else {
            values.add(codec.valueBytes(member(entry, "value", where), where));
        }
        if (values.size() > cpus) {
            throw new InputException(
                    where, "values of " + values.size() + " CPUs are given, but the host has " + cpus, "give fewer");
        }
        int stride = PerCpuValues.stride(spec);
        byte[] all = new byte[stride * cpus];
        for (int cpu = 0; cpu < values.size(); cpu++) {
            System.arraycopy(values.get(cpu), 0, all, cpu * stride, values.get(cpu).length);
        }
        return all;
    }

    /** The map of {@code maps} that this is for. @throws InputException if there is none */
    <M extends BpfMap> M find(List<M> maps) {
        Optional<M> found =
                maps.stream().filter(map -> map.spec().name().equals(name)).findFirst();
        return found.orElseThrow(() -> {
            String[] names = maps.stream()
                    .filter(map -> map.spec().role() == MapSpec.Role.DECLARED)
                    .map(map -> map.spec().name())
                    .toArray(String[]::new);
            return new InputException(
                    Location.in("--map"), "there is no map '" + name + "'", "there are: " + Arrays.toString(names));
        });
    }
}
