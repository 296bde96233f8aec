package dev.skep.object.btf;

import java.util.List;

/** Writes types as the bytes of a {@code .BTF} section: little-endian, with a 24-byte header, then types, then strings. */
final class BtfWriter {
    private static final int FLAG = 0x80000000;
    private static final int MAXIMUM_ENTRIES = 0xffff;

    private final StringTable strings;
    private final WordBuffer words = new WordBuffer();

    /** Encodes types that stand alone. @throws IllegalArgumentException if one does not fit the format */
    BtfWriter(List<BtfType> types) {
        this(new StringTable(), types);
    }

    /** Encodes types that continue {@code base}. @throws IllegalArgumentException if one does not fit the format */
    BtfWriter(Btf base, List<BtfType> types) {
        this(new StringTable(base), types);
    }

    private BtfWriter(StringTable strings, List<BtfType> types) {
        this.strings = strings;
        for (BtfType type : types) {
            encode(type);
        }
    }

    /** The offset of a string, added to the section if it is new. */
    int string(String text) {
        return strings.offset(text);
    }

    /** The section. */
    byte[] write() {
        return section(words.toByteArray(), strings.toByteArray(), new byte[0]);
    }

    /** A section of its parts. @param more strings behind the others */
    static byte[] section(byte[] types, byte[] strings, byte[] more) {
        int stringsAt = BtfSection.HEADER_LENGTH + types.length;
        byte[] section = new byte[stringsAt + strings.length + more.length];
        LittleEndian.putWord(section, 0, Preamble.MAGIC | 1 << 16);
        LittleEndian.putWord(section, 4, BtfSection.HEADER_LENGTH);
        LittleEndian.putWord(section, 8, 0);
        LittleEndian.putWord(section, 12, types.length);
        LittleEndian.putWord(section, 16, types.length);
        LittleEndian.putWord(section, 20, strings.length + more.length);
        System.arraycopy(types, 0, section, BtfSection.HEADER_LENGTH, types.length);
        System.arraycopy(strings, 0, section, stringsAt, strings.length);
        System.arraycopy(more, 0, section, stringsAt + strings.length, more.length);
        return section;
    }

    private void encode(BtfType type) {
        switch (type) {
            case BtfType.Void _ -> throw new IllegalArgumentException("void has no id but 0 and is never stored");
            case BtfType.Int t -> integer(t);
            case BtfType.Pointer t -> head(t, 0, false, t.target());
            case BtfType.Array t -> array(t);
            case BtfType.Composite t -> composite(t);
            case BtfType.Enumeration t -> enumeration(t);
            case BtfType.Forward t -> head(t, 0, t.union(), 0);
            case BtfType.Typedef t -> head(t, 0, false, t.target());
            case BtfType.Qualified t -> head(t, 0, false, t.target());
            case BtfType.Function t -> head(t, t.linkage().ordinal(), false, t.prototype());
            case BtfType.FunctionPrototype t -> prototype(t);
            case BtfType.Variable t -> {
                head(t, 0, false, t.type());
                words.add(t.linkage().ordinal());
            }
            case BtfType.DataSection t -> dataSection(t);
            case BtfType.Float t -> head(t, 0, false, t.size());
            case BtfType.DeclarationTag t -> {
                head(t, 0, t.attribute(), t.target());
                words.add(t.component());
            }
            case BtfType.TypeTag t -> head(t, 0, t.attribute(), t.target());
        }
    }

    private void head(BtfType type, int entries, boolean flag, int sizeOrType) {
        if (entries > MAXIMUM_ENTRIES) {
            throw new IllegalArgumentException(
                    BtfKind.of(type) + " '" + type.name() + "' has " + entries + " entries; BTF holds 65535 at most");
        }
        words.add(strings.offset(type.name()));
        words.add(entries | type.kind() << 24 | (flag ? FLAG : 0));
        words.add(sizeOrType);
    }

    private void integer(BtfType.Int type) {
        if (type.bits() < 0 || type.bits() > 255 || type.offset() < 0 || type.offset() > 255) {
            throw new IllegalArgumentException("INT '" + type.name() + "' has " + type.bits() + " bits from bit "
                    + type.offset() + "; BTF holds 255 at most");
        }
        head(type, 0, false, type.size());
        int encoding = (type.signed() ? 1 : 0) | (type.character() ? 2 : 0) | (type.bool() ? 4 : 0);
        words.add(encoding << 24 | type.offset() << 16 | type.bits());
    }

    private void array(BtfType.Array type) {
        head(type, 0, false, 0);
        words.add(type.element());
        words.add(type.index());
        words.add(type.length());
    }

    private void composite(BtfType.Composite type) {
        boolean bitfields = type.members().stream().anyMatch(m -> m.bitfieldSize() != 0);
        head(type, type.members().size(), bitfields, type.size());
        for (BtfType.Member member : type.members()) {
            if (bitfields && (member.bitOffset() >>> 24 != 0 || member.bitfieldSize() >>> 8 != 0)) {
                throw new IllegalArgumentException("member '" + member.name() + "' of '" + type.name() + "': "
                        + member.bitfieldSize() + " bits at bit " + member.bitOffset()
                        + " do not fit into a struct with bitfields");
            }
            words.add(strings.offset(member.name()));
            words.add(member.type());
            words.add(member.bitOffset() | member.bitfieldSize() << 24);
        }
    }

    private void enumeration(BtfType.Enumeration type) {
        head(type, type.enumerators().size(), type.signed(), type.size());
        for (BtfType.Enumerator enumerator : type.enumerators()) {
            long value = enumerator.value();
            words.add(strings.offset(enumerator.name()));
            words.add((int) value);
            if (type.wide()) {
                words.add((int) (value >>> 32));
            } else if (value != (type.signed() ? (int) value : Integer.toUnsignedLong((int) value))) {
                throw new IllegalArgumentException("enumerator '" + enumerator.name() + "' = " + value
                        + " does not fit into 32 bits; use a wide enumeration");
            }
        }
    }

    private void prototype(BtfType.FunctionPrototype type) {
        head(type, type.parameters().size() + (type.variadic() ? 1 : 0), false, type.returnType());
        for (BtfType.Parameter parameter : type.parameters()) {
            words.add(strings.offset(parameter.name()));
            words.add(parameter.type());
        }
        if (type.variadic()) {
            words.add(0);
            words.add(0);
        }
    }

    private void dataSection(BtfType.DataSection type) {
        head(type, type.variables().size(), false, type.size());
        for (BtfType.SectionVariable variable : type.variables()) {
            words.add(variable.type());
            words.add(variable.offset());
            words.add(variable.size());
        }
    }
}
