package dev.skep.cli.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.input.HexBytes;
import dev.skep.cli.kernel.KernelBtf;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.cli.types.JsonValues;
import dev.skep.cli.types.MapCodec;
import dev.skep.cli.types.PerCpuValues;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.Location;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.map.MapSpec;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Keys and values of one map: as the user writes them, as bytes, and as they are shown. */
final class Entries {
    private static final Set<String> KEYWORDS = Set.of("key", "value", "any", "exist", "noexist");
    private static final JsonMapper JSON = new JsonMapper();

    private final LinuxMap map;
    private final MapSpec spec;
    private final MapCodec codec;

    private Entries(LinuxMap map, MapCodec codec) {
        this.map = map;
        this.spec = map.spec();
        this.codec = codec;
    }

    /** Those of a map, with the types that it was made with. */
    static Entries of(LinuxMap map) throws IOException {
        return new Entries(map, new MapCodec(KernelBtf.of(map.info().btfId()), map.spec()));
    }

    /**
     * A value as it is shown.
     *
     * @param whole of per-CPU maps the sum of all CPUs', if it makes sense @param perCpu of per-CPU maps each CPU's, else empty
     */
    record Shown(Optional<BtfValue> whole, List<BtfValue> perCpu) {}

    BtfValue shownKey(byte[] key) {
        return codec.key(key);
    }

    Shown shownValue(byte[] value) {
        if (PerCpuValues.isPerCpu(spec)) {
            List<BtfValue> values =
                    PerCpuValues.split(value, spec).stream().map(codec::value).toList();
            return new Shown(PerCpuValues.sum(values), values);
        }
        return new Shown(Optional.of(heldKind().isPresent() ? id(value) : codec.value(value)), List.of());
    }

    /** What maps of programs and maps give for a lookup is an id, whatever their types say. */
    private static BtfValue id(byte[] value) {
        long id = 0;
        for (int i = value.length - 1; i >= 0; i--) {
            id = (id << 8) | (value[i] & 0xff);
        }
        return BtfValue.Whole.of(id);
    }

    /** What the map holds by descriptor. */
    Optional<ObjectKind> heldKind() {
        return switch (spec.type()) {
            case PROG_ARRAY -> Optional.of(ObjectKind.PROGRAM);
            case ARRAY_OF_MAPS, HASH_OF_MAPS -> Optional.of(ObjectKind.MAP);
            default -> Optional.empty();
        };
    }

    /** Reads {@code key K}; nothing if the map has no keys. */
    byte[] readKey(Words words) {
        if (spec.keySize() == 0) {
            return new byte[0];
        }
        words.require("key");
        return read(words, "key", spec.keySize(), codec::keyBytes);
    }

    /** Reads {@code value V}, of per-CPU maps one for all CPUs. */
    byte[] readValue(Words words) {
        words.require("value");
        byte[] value = read(words, "value", spec.valueSize(), codec::valueBytes);
        if (!PerCpuValues.isPerCpu(spec)) {
            return value;
        }
        byte[] all = new byte[Math.toIntExact(map.raw().valueBytes())];
        for (int at = 0; at < all.length; at += PerCpuValues.stride(spec)) {
            System.arraycopy(value, 0, all, at, value.length);
        }
        return all;
    }

    /** Reads {@code value PROG} or {@code value MAP}. */
    ObjectReference readHeld(Words words, ObjectKind kind) {
        words.require("value");
        return ObjectReference.read(words, kind);
    }

    private byte[] read(Words words, String what, int size, BiFunction<BtfValue, Location, byte[]> encode) {
        Location where = Location.in(what);
        if (words.take("hex")) {
            return sized(HexBytes.parse(String.join(" ", words.until(KEYWORDS)), where), what, size, words);
        }
        List<String> given = words.until(KEYWORDS);
        return switch (given.size()) {
            case 0 -> throw words.wrong("the " + what + " is missing");
            case 1 -> encode.apply(typed(given.getFirst(), where), where);
            default -> sized(octets(given, what, words), what, size, words);
        };
    }

    private static byte[] octets(List<String> words, String what, Words from) {
        byte[] bytes = new byte[words.size()];
        for (int i = 0; i < bytes.length; i++) {
            int octet;
            try {
                octet = Integer.decode(words.get(i));
            } catch (NumberFormatException e) {
                octet = -1;
            }
            if (octet < 0 || octet > 0xff) {
                throw from.wrong("the " + what + " is not written as bytes: '" + words.get(i)
                        + "'; a value of a type is one word, in quotes if it has spaces");
            }
            bytes[i] = (byte) octet;
        }
        return bytes;
    }

    private byte[] sized(byte[] bytes, String what, int size, Words words) {
        if (bytes.length != size) {
            throw words.wrong("a " + what + " of map '" + spec.name() + "' has " + Integer.toUnsignedString(size)
                    + " bytes, and " + bytes.length + " are given");
        }
        return bytes;
    }

    /** A number (0x for hexadecimal), JSON, or a word such as an enumerator's name. */
    private static BtfValue typed(String word, Location where) {
        if (word.matches("-?0[xX][0-9a-fA-F]+")) {
            String digits = word.replaceFirst("0[xX]", "");
            return new BtfValue.Whole(new BigInteger(digits, 16));
        }
        JsonNode node;
        try {
            node = JSON.readTree(word);
        } catch (JsonProcessingException e) {
            return new BtfValue.Text(word);
        }
        return JsonValues.of(node, where);
    }
}
