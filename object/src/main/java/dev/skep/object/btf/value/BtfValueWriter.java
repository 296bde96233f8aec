package dev.skep.object.btf.value;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Makes bytes of values by their BTF type: what {@link BtfValueReader} reads, and what people write by hand. Fields that
 * are not mentioned and elements beyond the last are zero; of fields that share bytes (a union's) the last one given wins.
 * Padding is zero. Not for several threads.
 */
public final class BtfValueWriter {
    private final Btf btf;
    private final BtfLayout layout;
    private final Location where;

    /** Writes values of the types of {@code btf}. @param where where the values come from, for messages */
    public BtfValueWriter(Btf btf, Location where) {
        this.btf = btf;
        this.layout = new BtfLayout(btf);
        this.where = where;
    }

    /**
     * The bytes of {@code value} as a {@code typeId}.
     *
     * @return as many bytes as the type has
     * @throws InputException naming the part of the value that does not fit its type: a number out of range, an unknown
     *     field or enumerator, too many elements, the wrong sort of value
     */
    public byte[] write(BtfValue value, int typeId) {
        byte[] bytes = new byte[layout.size(typeId)];
        put(bytes, 0, 0, value, typeId, "value");
        return bytes;
    }

    private void put(byte[] bytes, long bitOffset, int bitfield, BtfValue value, int typeId, String path) {
        int id = btf.strip(typeId);
        BtfType type = btf.type(id);
        if (value instanceof BtfValue.Opaque opaque) {
            putOpaque(bytes, bitOffset, opaque, layout.size(id), path);
            return;
        }
        switch (type) {
            case BtfType.Int t -> {
                int width = bitfield == 0 ? t.bits() : bitfield;
                putNumber(bytes, bitOffset + t.offset(), width, t.signed(), number(value, t.bool(), path), path);
            }
            case BtfType.Enumeration t -> {
                int width = bitfield == 0 ? t.size() * 8 : bitfield;
                putNumber(bytes, bitOffset, width, t.signed(), enumerator(value, t, path), path);
            }
            case BtfType.Pointer _ ->
                putNumber(bytes, bitOffset, 8 * BtfLayout.POINTER_SIZE, false, number(value, false, path), path);
            case BtfType.Float t -> putFloat(bytes, bitOffset, t, value, path);
            case BtfType.Array t -> putArray(bytes, bitOffset, t, value, path);
            case BtfType.Composite t -> putStruct(bytes, bitOffset, id, t, value, path);
            case BtfType.DataSection t -> putDataSection(bytes, t, value, path);
            case BtfType.Variable t -> put(bytes, bitOffset, 0, value, t.type(), path);
            default -> throw wrong(path, "has a type without values, " + btf.kind(id));
        }
    }

    private void putOpaque(byte[] bytes, long bitOffset, BtfValue.Opaque opaque, int size, String path) {
        if (opaque.bytes().length() != size) {
            throw wrong(path, "is given " + opaque.bytes().length() + " bytes; its type has " + size);
        }
        requireWithin(bytes, bitOffset, 8L * size, path);
        opaque.bytes().copyTo(bytes, (int) (bitOffset / 8));
    }

    private BigInteger number(BtfValue value, boolean bool, String path) {
        return switch (value) {
            case BtfValue.Whole v -> v.value();
            case BtfValue.Choice v -> v.value();
            case BtfValue.Address v -> new BigInteger(Long.toUnsignedString(v.address()));
            case BtfValue.Truth v when bool -> v.value() ? BigInteger.ONE : BigInteger.ZERO;
            default -> throw wrong(path, "must be a number, not " + describe(value));
        };
    }

    private BigInteger enumerator(BtfValue value, BtfType.Enumeration type, String path) {
        if (!(value instanceof BtfValue.Text name)) {
            return number(value, false, path);
        }
        return type.enumerators().stream()
                .filter(enumerator -> enumerator.name().equals(name.value()))
                .map(enumerator -> Enumerators.value(type, enumerator))
                .findFirst()
                .orElseThrow(
                        () -> wrong(path, "is '" + name.value() + "', which enum " + type.name() + " does not have"));
    }

    private void putNumber(byte[] bytes, long bitOffset, int width, boolean signed, BigInteger number, String path) {
        if (!Bits.fits(number, width, signed)) {
            throw wrong(
                    path, "is " + number + ", which does not fit into " + width + (signed ? " signed" : "") + " bits");
        }
        requireWithin(bytes, bitOffset, width, path);
        Bits.put(bytes, bitOffset, width, number);
    }

    private void putFloat(byte[] bytes, long bitOffset, BtfType.Float type, BtfValue value, String path) {
        double number = value instanceof BtfValue.Real real
                ? real.value()
                : number(value, false, path).doubleValue();
        BigInteger bits = switch (type.size()) {
            case 4 -> BigInteger.valueOf(Float.floatToRawIntBits((float) number));
            case 8 -> BigInteger.valueOf(Double.doubleToRawLongBits(number));
            default -> throw wrong(path, "is a floating-point number of " + type.size() + " bytes, given as a number");
        };
        requireWithin(bytes, bitOffset, 8L * type.size(), path);
        Bits.put(bytes, bitOffset, 8 * type.size(), bits);
    }

    private void putArray(byte[] bytes, long bitOffset, BtfType.Array type, BtfValue value, String path) {
        if (value instanceof BtfValue.Text text) {
            putText(bytes, bitOffset, type, text.value(), path);
            return;
        }
        if (!(value instanceof BtfValue.Sequence sequence)) {
            throw wrong(path, "must be an array, not " + describe(value));
        }
        if (sequence.elements().size() > type.length()) {
            throw wrong(
                    path, "has " + sequence.elements().size() + " elements; its type has room for " + type.length());
        }
        for (int i = 0; i < sequence.elements().size(); i++) {
            long at = bitOffset + 8L * layout.size(type.element()) * i;
            put(bytes, at, 0, sequence.elements().get(i), type.element(), path + "[" + i + "]");
        }
    }

    private void putText(byte[] bytes, long bitOffset, BtfType.Array type, String text, String path) {
        if (!(btf.type(btf.strip(type.element())) instanceof BtfType.Int t) || !BtfValueReader.isCharacter(t)) {
            throw wrong(path, "must be an array, not a string");
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (encoded.length > type.length()) {
            throw wrong(path, "is a string of " + encoded.length + " bytes; its type has room for " + type.length());
        }
        requireWithin(bytes, bitOffset, 8L * encoded.length, path);
        System.arraycopy(encoded, 0, bytes, (int) (bitOffset / 8), encoded.length);
    }

    private void putStruct(byte[] bytes, long bitOffset, int id, BtfType.Composite type, BtfValue value, String path) {
        if (!(value instanceof BtfValue.Struct struct)) {
            throw wrong(path, "must be an object with fields, not " + describe(value));
        }
        for (BtfValue.Field given : struct.fields()) {
            String inner = path + "." + given.name();
            BtfLayout.Field field = layout.field(id, given.name()).orElseThrow(() -> unknownField(type, inner));
            putField(bytes, bitOffset, id, field, given.value(), inner);
        }
    }

    /** Follows a field's path through anonymous members; the declaration at its end says how wide the field is. */
    private void putField(byte[] bytes, long bitOffset, int id, BtfLayout.Field field, BtfValue value, String path) {
        long at = bitOffset;
        BtfType.Member member = null;
        int composite = id;
        for (int index : field.path()) {
            member = ((BtfType.Composite) btf.type(btf.strip(composite)))
                    .members()
                    .get(index);
            at += member.bitOffset();
            composite = member.type();
        }
        if (member != null) {
            put(bytes, at, member.bitfieldSize(), value, member.type(), path);
        }
    }

    private InputException unknownField(BtfType.Composite type, String path) {
        String known = String.join(
                ", ",
                type.members().stream()
                        .map(BtfType.Member::name)
                        .filter(name -> !name.isEmpty())
                        .limit(12)
                        .toList());
        return new InputException(
                where,
                path + " is no field of " + (type.union() ? "union " : "struct ") + type.name(),
                known.isEmpty() ? "" : "it has " + known);
    }

    private void putDataSection(byte[] bytes, BtfType.DataSection type, BtfValue value, String path) {
        if (!(value instanceof BtfValue.Struct struct)) {
            throw wrong(path, "must be an object with variables, not " + describe(value));
        }
        for (BtfValue.Field given : struct.fields()) {
            BtfType.SectionVariable variable = type.variables().stream()
                    .filter(candidate -> btf.name(candidate.type()).equals(given.name()))
                    .findFirst()
                    .orElseThrow(() -> wrong(path + "." + given.name(), "is no variable of " + type.name()));
            put(bytes, 8L * variable.offset(), 0, given.value(), variable.type(), path + "." + given.name());
        }
    }

    private void requireWithin(byte[] bytes, long bitOffset, long count, String path) {
        if (bitOffset + count > 8L * bytes.length) {
            throw wrong(path, "lies outside the " + bytes.length + " bytes of its struct");
        }
    }

    private static String describe(BtfValue value) {
        return switch (value) {
            case BtfValue.Whole _, BtfValue.Choice _, BtfValue.Address _, BtfValue.Real _ -> "a number";
            case BtfValue.Truth _ -> "true or false";
            case BtfValue.Text _ -> "a string";
            case BtfValue.Struct _ -> "an object";
            case BtfValue.Sequence _ -> "an array";
            case BtfValue.Opaque _ -> "bytes";
        };
    }

    private InputException wrong(String path, String problem) {
        return new InputException(where, path + " " + problem, "");
    }
}
