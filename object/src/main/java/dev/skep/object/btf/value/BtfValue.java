package dev.skep.object.btf.value;

import dev.skep.object.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * A value as a tree: what {@link BtfValueReader} makes of bytes and {@link BtfValueWriter} makes into bytes again. Maps
 * directly to JSON: {@link Whole}, {@link Choice} and {@link Address} are numbers, {@link Struct} is an object,
 * {@link Sequence} an array, {@link Text} a string, {@link Opaque} a string of hex digits.
 */
public sealed interface BtfValue {

    /** An integer or a character, signed or not, of up to 128 bits. */
    record Whole(BigInteger value) implements BtfValue {
        /** A signed number. */
        public static Whole of(long value) {
            return new Whole(BigInteger.valueOf(value));
        }
    }

    /** A floating-point number. */
    record Real(double value) implements BtfValue {}

    /** {@code _Bool}. Bytes other than 0 and 1 are read as a {@link Whole}. */
    record Truth(boolean value) implements BtfValue {}

    /** A string. Not read from bytes, but accepted for arrays of characters and, as a name, for enumerations. */
    record Text(String value) implements BtfValue {}

    /** A value of an enumeration. @param name the first enumerator with this value, if there is one */
    record Choice(BigInteger value, Optional<String> name) implements BtfValue {}

    /** A pointer. @param address unsigned */
    record Address(long address) implements BtfValue {}

    /**
     * A struct or union: its fields in the order of their declaration; those of anonymous members stand in their place, as
     * C names them. A union has all its fields, which show the same bytes in different ways.
     */
    record Struct(List<Field> fields) implements BtfValue {
        public Struct {
            fields = List.copyOf(fields);
        }

        /** The field with this name. */
        public Optional<BtfValue> field(String name) {
            return fields.stream()
                    .filter(field -> field.name().equals(name))
                    .map(Field::value)
                    .findFirst();
        }
    }

    /** A field of a struct. @param name "" only for an unnamed bitfield or a member that is no struct */
    record Field(String name, BtfValue value) {}

    /**
     * An array.
     *
     * @param text for an array of {@code char} that starts with printable ASCII text and a NUL: that text
     */
    record Sequence(List<BtfValue> elements, Optional<String> text) implements BtfValue {
        public Sequence {
            elements = List.copyOf(elements);
        }

        /** An array that is not text. */
        public static Sequence of(List<BtfValue> elements) {
            return new Sequence(elements, Optional.empty());
        }
    }

    /** Bytes that the type says nothing about, or an array too long to be worth taking apart. */
    record Opaque(Bytes bytes) implements BtfValue {}
}
