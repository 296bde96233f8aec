package dev.skep.cli.types;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueReader;
import dev.skep.object.btf.value.BtfValueWriter;
import dev.skep.object.map.MapSpec;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;

/**
 * Turns a map's keys and values into {@link BtfValue}s and back, by their BTF types; where the object has no types for the map,
 * bytes are hexadecimal digits.
 */
public final class MapCodec {
    private final Btf btf;
    private final MapSpec map;
    private final BtfValueReader reader;

    public MapCodec(Btf btf, MapSpec map) {
        this.btf = btf;
        this.map = map;
        this.reader = new BtfValueReader(btf);
    }

    /** The key that these bytes are. */
    public BtfValue key(byte[] bytes) {
        return value(bytes, map.keyType(), map.keySize());
    }

    /** The value that these bytes are. */
    public BtfValue value(byte[] bytes) {
        return value(bytes, map.valueType(), map.valueSize());
    }

    private BtfValue value(byte[] bytes, int type, int size) {
        if (type != 0) {
            return reader.read(bytes, type);
        }
        // Array indices are numbers even where no type says so.
        return isArrayIndex(size) && bytes.length == size
                ? new BtfValue.Whole(new BigInteger(1, reversed(bytes)))
                : new BtfValue.Opaque(Bytes.of(bytes));
    }

    private boolean isArrayIndex(int size) {
        return size == 4
                && switch (map.type()) {
                    case ARRAY, PERCPU_ARRAY, PROG_ARRAY, ARRAY_OF_MAPS, PERF_EVENT_ARRAY, DEVMAP, CPUMAP, SOCKMAP ->
                        true;
                    default -> false;
                };
    }

    /**
     * The bytes of a key.
     *
     * @throws InputException if it does not fit the type
     */
    public byte[] keyBytes(BtfValue key, Location where) {
        return bytes(key, map.keyType(), map.keySize(), "key", where);
    }

    /**
     * The bytes of a value.
     *
     * @throws InputException if it does not fit the type
     */
    public byte[] valueBytes(BtfValue value, Location where) {
        return bytes(value, map.valueType(), map.valueSize(), "value", where);
    }

    private byte[] bytes(BtfValue value, int type, int size, String what, Location where) {
        return type != 0 ? new BtfValueWriter(btf, where).write(value, type) : untyped(value, size, what, where);
    }

    private byte[] untyped(BtfValue value, int size, String what, Location where) {
        byte[] bytes = switch (value) {
            case BtfValue.Text text -> hex(text.value(), what, where);
            case BtfValue.Whole whole -> littleEndian(whole.value(), size, what, where);
            case BtfValue.Sequence sequence -> octets(sequence.elements(), what, where);
            default -> throw notBytes(what, where);
        };
        if (bytes.length != size) {
            throw new InputException(
                    where,
                    "a " + what + " of map '" + map.name() + "' has " + bytes.length + " bytes, not " + size,
                    "");
        }
        return bytes;
    }

    private byte[] hex(String text, String what, Location where) {
        try {
            return HexFormat.of().parseHex(text.replace(" ", ""));
        } catch (IllegalArgumentException e) {
            throw notBytes(what, where);
        }
    }

    private byte[] littleEndian(BigInteger number, int size, String what, Location where) {
        if (number.bitLength() > 8L * size) {
            throw new InputException(
                    where, "a " + what + " of map '" + map.name() + "' does not fit " + size + " bytes: " + number, "");
        }
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private byte[] octets(List<BtfValue> elements, String what, Location where) {
        byte[] bytes = new byte[elements.size()];
        for (int i = 0; i < bytes.length; i++) {
            if (!(elements.get(i) instanceof BtfValue.Whole octet)
                    || octet.value().bitLength() > 8) {
                throw notBytes(what, where);
            }
            bytes[i] = octet.value().byteValue();
        }
        return bytes;
    }

    private InputException notBytes(String what, Location where) {
        return new InputException(
                where,
                "the object has no type for the " + what + " of map '" + map.name() + "'",
                "write it as hexadecimal digits, or as an array of bytes");
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
