package dev.skep.object.btf.value;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes bytes apart by their BTF type: a map's key or value, a section of globals, an event. Memory is little-endian, as
 * BPF's. Not for several threads.
 */
public final class BtfValueReader {
    static final int MAXIMUM_DEPTH = 128;

    private final Btf btf;
    private final BtfLayout layout;
    private final PartCounts parts;
    /** The types met so far, since values of the same few types come again and again. */
    private final Map<Integer, BtfType> types = new HashMap<>();

    /** Reads values of the types of {@code btf}. */
    public BtfValueReader(Btf btf) {
        this.btf = btf;
        this.layout = new BtfLayout(btf);
        this.parts = new PartCounts(btf);
    }

    /**
     * Reads the value at the start of {@code bytes}.
     *
     * <p>An array or struct that would come apart into more than a million parts is left in one piece.
     *
     * @param typeId the value's type: any that has a size, a variable, or a data section (a struct of its variables)
     * @throws InputException if the type has no size, reaches beyond {@code bytes}, or makes no sense
     */
    public BtfValue read(byte[] bytes, int typeId) {
        return read(bytes, 0, 0, typeId, 0);
    }

    private BtfValue read(byte[] bytes, long bitOffset, int bitfield, int typeId, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw wrong(typeId, "is nested more than " + MAXIMUM_DEPTH + " types deep");
        }
        int id = btf.strip(typeId);
        return switch (type(id)) {
            case BtfType.Int t -> integer(bytes, bitOffset, bitfield, id, t);
            case BtfType.Enumeration t -> {
                int bits = bitfield == 0 ? t.size() * 8 : bitfield;
                BigInteger value = bits(bytes, bitOffset, bits, t.signed(), id);
                yield new BtfValue.Choice(value, enumeratorName(t, value));
            }
            case BtfType.Pointer _ ->
                new BtfValue.Address(bits(bytes, bitOffset, 8 * BtfLayout.POINTER_SIZE, false, id)
                        .longValue());
            case BtfType.Float t -> floatingPoint(bytes, bitOffset, id, t);
            case BtfType.Array t -> array(bytes, bitOffset, id, t, depth);
            case BtfType.Composite t when parts.tooMany(id, depth) -> opaque(bytes, bitOffset, t.size(), id);
            case BtfType.Composite t -> {
                requireWithin(bytes, bitOffset, 8L * t.size(), id);
                List<BtfValue.Field> fields = new ArrayList<>();
                addFields(fields, bytes, bitOffset, t, depth);
                yield new BtfValue.Struct(fields);
            }
            case BtfType.DataSection t -> dataSection(bytes, t, depth);
            case BtfType.Variable t -> read(bytes, bitOffset, 0, t.type(), depth + 1);
            default -> throw wrong(id, "has no values");
        };
    }

    private BtfType type(int id) {
        return types.computeIfAbsent(id, btf::type);
    }

    private BtfValue integer(byte[] bytes, long bitOffset, int bitfield, int id, BtfType.Int type) {
        int width = bitfield == 0 ? type.bits() : bitfield;
        BigInteger value = bits(bytes, bitOffset + type.offset(), width, type.signed(), id);
        if (type.bool() && value.bitLength() <= 1 && value.signum() >= 0) {
            return new BtfValue.Truth(value.signum() == 1);
        }
        return new BtfValue.Whole(value);
    }

    private static Optional<String> enumeratorName(BtfType.Enumeration type, BigInteger value) {
        for (BtfType.Enumerator enumerator : type.enumerators()) {
            if (Enumerators.value(type, enumerator).equals(value)) {
                return Optional.of(enumerator.name());
            }
        }
        return Optional.empty();
    }

    private BtfValue floatingPoint(byte[] bytes, long bitOffset, int id, BtfType.Float type) {
        return switch (type.size()) {
            case 4 ->
                new BtfValue.Real(Float.intBitsToFloat(
                        bits(bytes, bitOffset, 32, false, id).intValue()));
            case 8 ->
                new BtfValue.Real(Double.longBitsToDouble(
                        bits(bytes, bitOffset, 64, false, id).longValue()));
            default -> opaque(bytes, bitOffset, type.size(), id);
        };
    }

    private BtfValue array(byte[] bytes, long bitOffset, int id, BtfType.Array type, int depth) {
        if (type.length() == 0) {
            return BtfValue.Sequence.of(List.of());
        }
        int size = layout.size(id);
        requireWithin(bytes, bitOffset, 8L * size, id);
        if (size == 0 || parts.tooMany(id, depth)) {
            return opaque(bytes, bitOffset, size, id);
        }
        int elementBytes = layout.size(type.element());
        List<BtfValue> elements = new ArrayList<>(type.length());
        for (int i = 0; i < type.length(); i++) {
            elements.add(read(bytes, bitOffset + 8L * elementBytes * i, 0, type.element(), depth + 1));
        }
        boolean characters = type(btf.strip(type.element())) instanceof BtfType.Int t && isCharacter(t);
        Optional<String> text = characters ? text(bytes, (int) (bitOffset / 8), size) : Optional.empty();
        return new BtfValue.Sequence(elements, text);
    }

    /** Clang marks {@code char} by its name alone. */
    static boolean isCharacter(BtfType.Int type) {
        return type.size() == 1 && (type.character() || type.name().equals("char"));
    }

    private static Optional<String> text(byte[] bytes, int start, int size) {
        int end = start;
        while (end < start + size && isPrintable(bytes[end])) {
            end++;
        }
        if (end == start + size || bytes[end] != 0) {
            return Optional.empty();
        }
        for (int i = start; i < start + size && end == start; i++) {
            if (bytes[i] != 0) {
                return Optional.empty();
            }
        }
        return Optional.of(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
    }

    private static boolean isPrintable(byte b) {
        return (b >= ' ' && b < 0x7f) || b == '\n' || b == '\t';
    }

    private void addFields(List<BtfValue.Field> fields, byte[] bytes, long base, BtfType.Composite type, int depth) {
        for (BtfType.Member member : type.members()) {
            long bitOffset = base + member.bitOffset();
            boolean inPlace = member.name().isEmpty() && type(btf.strip(member.type())) instanceof BtfType.Composite;
            if (inPlace && depth < MAXIMUM_DEPTH) {
                BtfType.Composite inner = (BtfType.Composite) type(btf.strip(member.type()));
                addFields(fields, bytes, bitOffset, inner, depth + 1);
            } else {
                BtfValue value = read(bytes, bitOffset, member.bitfieldSize(), member.type(), depth + 1);
                fields.add(new BtfValue.Field(member.name(), value));
            }
        }
    }

    private BtfValue dataSection(byte[] bytes, BtfType.DataSection type, int depth) {
        List<BtfValue.Field> fields = new ArrayList<>();
        for (BtfType.SectionVariable variable : type.variables()) {
            String name = btf.name(variable.type());
            fields.add(new BtfValue.Field(name, read(bytes, 8L * variable.offset(), 0, variable.type(), depth + 1)));
        }
        return new BtfValue.Struct(fields);
    }

    private BtfValue opaque(byte[] bytes, long bitOffset, int size, int id) {
        requireWithin(bytes, bitOffset, 8L * size, id);
        return new BtfValue.Opaque(Bytes.of(bytes, (int) (bitOffset / 8), size));
    }

    private BigInteger bits(byte[] bytes, long bitOffset, int count, boolean signed, int id) {
        requireWithin(bytes, bitOffset, count, id);
        return Bits.get(bytes, bitOffset, count, signed);
    }

    private void requireWithin(byte[] bytes, long bitOffset, long count, int id) {
        if (bitOffset + count > 8L * bytes.length) {
            throw wrong(id, "reaches to bit " + (bitOffset + count) + " of a value of " + bytes.length + " bytes");
        }
    }

    private InputException wrong(int id, String problem) {
        return new InputException(
                btf.where(), "BTF type " + id + " (" + btf.kind(id) + " '" + btf.name(id) + "') " + problem, "");
    }
}
