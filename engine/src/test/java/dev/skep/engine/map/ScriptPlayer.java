package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.host.BpfMap.Batch;
import dev.skep.object.host.BpfMap.BatchResult;
import dev.skep.object.host.BpfMap.Entry;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays a {@link SemanticsScript} on the engine's maps and prints what {@code map_semantics.c} prints for the kernel's. */
final class ScriptPlayer implements AutoCloseable {
    private static final int ENOENT = 2;

    private final Sandbox sandbox = Sandbox.open();
    private final Maps maps;
    private final Map<String, EngineMap> byName = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    ScriptPlayer(int cpus) {
        maps = new Maps(sandbox, new MapOptions(cpus, 1));
    }

    /** The transcript: a line for each line of the script. */
    String play(String script) {
        StringBuilder transcript = new StringBuilder();
        for (String line : script.split("\n")) {
            transcript.append(line.startsWith("#") ? line : answer(line)).append('\n');
        }
        return transcript.toString();
    }

    private String answer(String line) {
        String[] word = line.split(" ");
        switch (word[0]) {
            case "create" -> {
                return create(word);
            }
            case "program" -> {
                ProgramSpec spec = new ProgramSpec(
                        word[1], "socket", ProgramType.SOCKET_FILTER, Optional.empty(), Optional.empty(), true, 0, 0);
                name(word[1], maps.register(() -> spec));
                return "ok";
            }
            case "socket" -> {
                name(word[1], 1000 + numbers.size());
                return "ok";
            }
            default -> {
                try {
                    return operate(word, byName.get(word[1]));
                } catch (HostException e) {
                    return e.errno().number() + (word[0].endsWith("batch") ? " 0" : "");
                }
            }
        }
    }

    private void name(String name, int number) {
        numbers.put(name, number);
        names.put(number, name);
    }

    private String create(String[] word) {
        MapType type = MapType.of(Integer.parseInt(word[2])).orElseThrow();
        MapSpec plain = MapSpec.of(
                        word[1], type, Integer.parseInt(word[3]), Integer.parseInt(word[4]), Integer.parseInt(word[5]))
                .withFlags(Integer.parseInt(word[6]));
        String more = word.length > 8 ? word[8] : "";
        boolean typed = more.equals("lock") || more.equals("btf");
        MapSpec spec = withExtra(plain, Long.parseLong(word[7]), typed ? VALUE_TYPE : 0);
        if (!more.isEmpty() && !typed) {
            spec = spec.withInner(byName.get(more).spec());
        }
        try {
            EngineMap map = maps.create(spec, valueTypes(spec.valueSize(), more.equals("lock")));
            byName.put(word[1], map);
            name(word[1], map.id());
            return "ok";
        } catch (InputException e) {
            return "refused";
        }
    }

    private static MapSpec withExtra(MapSpec spec, long extra, int valueType) {
        return new MapSpec(
                spec.name(),
                spec.role(),
                spec.type(),
                spec.keySize(),
                spec.valueSize(),
                spec.maxEntries(),
                spec.flags(),
                extra,
                spec.numaNode(),
                spec.pinning(),
                spec.inner(),
                0,
                valueType,
                spec.contents(),
                spec.values(),
                0);
    }

    private static final int VALUE_TYPE = 4;

    /** An int, a spin lock, an array and a value that may begin with the lock, as the C program makes them. */
    private static Btf valueTypes(int valueSize, boolean lock) {
        int lockSize = lock ? 4 : 0;
        List<BtfType.Member> members = new ArrayList<>();
        if (lock) {
            members.add(new BtfType.Member("lock", 2, 0, 0));
        }
        members.add(new BtfType.Member("data", 3, lockSize * 8, 0));
        return Btf.of(List.of(
                new BtfType.Int("int", 4, true, false, false, 0, 32),
                new BtfType.Composite("bpf_spin_lock", false, 4, List.of(new BtfType.Member("val", 1, 0, 0))),
                new BtfType.Array(1, 1, (valueSize - lockSize) / 4),
                new BtfType.Composite("value", false, valueSize, members)));
    }

    private String operate(String[] word, EngineMap map) {
        switch (word[0]) {
            case "update" -> {
                map.update(bytes(word[2]), bytes(word[3]), Long.parseLong(word[4]));
                return "0";
            }
            case "lookup" -> {
                return map.lookup(bytes(word[2]), Long.parseLong(word[3]))
                        .map(value -> "0 " + valueText(map, value))
                        .orElse("" + ENOENT);
            }
            case "delete" -> {
                return map.delete(bytes(word[2])) ? "0" : "" + ENOENT;
            }
            case "take" -> {
                return map.lookupAndDelete(bytes(word[2]))
                        .map(value -> "0 " + valueText(map, value))
                        .orElse("" + ENOENT);
            }
            case "next" -> {
                return map.nextKey(optional(word[2]))
                        .map(key -> "0 " + text(key))
                        .orElse("" + ENOENT);
            }
            case "freeze" -> {
                map.freeze();
                return "0";
            }
            default -> {
                return batch(word, map);
            }
        }
    }

    private String batch(String[] word, EngineMap map) {
        return switch (word[0]) {
            case "lookupbatch" -> batchText(map, map.lookupBatch(optional(word[2]), Integer.parseInt(word[3])));
            case "takebatch" -> batchText(map, map.lookupAndDeleteBatch(optional(word[2]), Integer.parseInt(word[3])));
            case "updatebatch" -> {
                List<byte[]> keys = split(word[3], Integer.parseInt(word[2]));
                List<byte[]> values = split(word[4], Integer.parseInt(word[2]));
                List<Entry> entries = new ArrayList<>();
                for (int i = 0; i < keys.size(); i++) {
                    entries.add(new Entry(keys.get(i), values.get(i)));
                }
                yield resultText(map.updateBatch(entries, Long.parseLong(word[5])));
            }
            case "deletebatch" -> resultText(map.deleteBatch(split(word[3], Integer.parseInt(word[2]))));
            default -> throw new IllegalArgumentException(word[0]);
        };
    }

    private String batchText(EngineMap map, Batch batch) {
        StringBuilder text = new StringBuilder(batch.next().isPresent() ? "0 " : ENOENT + " ");
        text.append(batch.entries().size());
        for (Entry entry : batch.entries()) {
            text.append(' ').append(text(entry.key())).append(' ').append(valueText(map, entry.value()));
        }
        batch.next().ifPresent(next -> text.append(' ').append(text(next)));
        return text.toString();
    }

    private static String resultText(BatchResult result) {
        return result.refusal().map(errno -> errno.number()).orElse(0) + " " + result.done();
    }

    private Optional<byte[]> optional(String word) {
        return word.equals("-") ? Optional.empty() : Optional.of(bytes(word));
    }

    /** The bytes of a word of hex digits and {@code @name,}. */
    private byte[] bytes(String word) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String rest = word.equals("-") ? "" : word;
        while (!rest.isEmpty()) {
            if (rest.startsWith("@")) {
                int end = rest.indexOf(',');
                String name = rest.substring(1, end < 0 ? rest.length() : end);
                bytes.writeBytes(LiveMaps.u32(numbers.get(name)));
                rest = end < 0 ? "" : rest.substring(end + 1);
            } else {
                bytes.write(Integer.parseInt(rest.substring(0, 2), 16));
                rest = rest.substring(2);
            }
        }
        return bytes.toByteArray();
    }

    private List<byte[]> split(String word, int count) {
        byte[] all = bytes(word);
        int size = all.length / count;
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(Arrays.copyOfRange(all, i * size, (i + 1) * size));
        }
        return parts;
    }

    private static String text(byte[] bytes) {
        return bytes.length == 0 ? "-" : HexFormat.of().formatHex(bytes);
    }

    private String valueText(EngineMap map, byte[] value) {
        return switch (map.spec().type()) {
            case PROG_ARRAY, ARRAY_OF_MAPS, HASH_OF_MAPS -> "@" + names.get(LiveMaps.asInt(value));
            default -> text(value);
        };
    }

    @Override
    public void close() {
        maps.close();
        sandbox.close();
    }
}
