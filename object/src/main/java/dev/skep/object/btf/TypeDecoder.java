package dev.skep.object.btf;

import dev.skep.object.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a {@link BtfType} of the bytes of one type. What a single type can get wrong is found here: reserved bits, ids and
 * names out of range, sizes that cannot be. What needs several types at once is {@link BtfVerification}'s.
 */
final class TypeDecoder {
    private static final int RESERVED_INFO = 0x60ff0000;
    private static final int RESERVED_INT = 0xf000ff00;
    private static final int ENTRY_OFFSET = BtfSection.TYPE_LENGTH;

    private final Btf btf;
    private final BtfSection section;
    private final int id;
    private final int start;
    private final int kind;
    private final int entries;
    private final boolean flag;
    private final int sizeOrType;

    /** Prepares to decode the type with number {@code id} that {@code section} of {@code btf} holds at {@code start}. */
    TypeDecoder(Btf btf, BtfSection section, int id, int start) {
        this.btf = btf;
        this.section = section;
        this.id = id;
        this.start = start;
        int info = section.word(start + 4);
        this.kind = section.kind(start);
        this.entries = info & 0xffff;
        this.flag = info < 0;
        this.sizeOrType = section.word(start + 8);
        if ((info & RESERVED_INFO) != 0) {
            throw wrong(4, "sets reserved bits 0x" + Integer.toHexString(info & RESERVED_INFO) + " of its info");
        }
    }

    /** @throws InputException naming the type and its offset if its bytes make no sense */
    BtfType decode() {
        return switch (kind) {
            case 1 -> integer();
            case 2 -> new BtfType.Pointer(plainTarget());
            case 3 -> array();
            case 4, 5 -> composite();
            case 6 -> enumeration(false);
            case 7 -> forward();
            case 8 -> new BtfType.Typedef(namedTarget(), sizeOrType);
            case 9 -> new BtfType.Qualified(BtfType.Qualifier.VOLATILE, plainTarget());
            case 10 -> new BtfType.Qualified(BtfType.Qualifier.CONST, plainTarget());
            case 11 -> new BtfType.Qualified(BtfType.Qualifier.RESTRICT, plainTarget());
            case 12 -> function();
            case 13 -> prototype();
            case 14 -> variable();
            case 15 -> dataSection();
            case 16 -> floatingPoint();
            case 17 -> declarationTag();
            case 18 -> typeTag();
            case 19 -> enumeration(true);
            default -> throw wrong(4, "has an unknown kind");
        };
    }

    private BtfType integer() {
        noEntries();
        noFlag();
        int data = section.word(start + ENTRY_OFFSET);
        int encoding = data >>> 24 & 0xf;
        int offset = data >>> 16 & 0xff;
        int bits = data & 0xff;
        if ((data & RESERVED_INT) != 0 || encoding > 7) {
            throw wrong(ENTRY_OFFSET, "has unknown integer encoding 0x" + Integer.toHexString(data));
        }
        if (bits + offset > 128 || (bits + offset + 7) / 8 > size()) {
            throw wrong(
                    ENTRY_OFFSET, "does not fit: " + bits + " bits from bit " + offset + " in " + size() + " bytes");
        }
        return new BtfType.Int(
                name(), size(), (encoding & 1) != 0, (encoding & 2) != 0, (encoding & 4) != 0, offset, bits);
    }

    private BtfType array() {
        unnamed();
        noEntries();
        noFlag();
        if (sizeOrType != 0) {
            throw wrong(8, "has a size, which arrays must leave 0");
        }
        int length = section.word(start + ENTRY_OFFSET + 8);
        if (length < 0) {
            throw wrong(ENTRY_OFFSET + 8, "has more than 2^31 - 1 elements: " + Integer.toUnsignedString(length));
        }
        return new BtfType.Array(reference(ENTRY_OFFSET, "element"), reference(ENTRY_OFFSET + 4, "index"), length);
    }

    private BtfType composite() {
        int size = size();
        List<BtfType.Member> members = new ArrayList<>(entries);
        for (int at = ENTRY_OFFSET; at < ENTRY_OFFSET + 12 * entries; at += 12) {
            int offset = section.word(start + at + 8);
            if (!flag && offset < 0) {
                throw wrong(at + 8, "has a member at bit " + Integer.toUnsignedString(offset));
            }
            members.add(new BtfType.Member(
                    string(at),
                    reference(at + 4, "member"),
                    flag ? offset & 0xffffff : offset,
                    flag ? offset >>> 24 : 0));
        }
        return new BtfType.Composite(name(), kind == 5, size, members);
    }

    private BtfType enumeration(boolean wide) {
        int size = size();
        boolean forward = size == 0 && entries == 0;
        if (!forward && size != 1 && size != 2 && size != 4 && size != 8) {
            throw wrong(8, "is an enumeration of " + size + " bytes");
        }
        int step = wide ? 12 : 8;
        List<BtfType.Enumerator> enumerators = new ArrayList<>(entries);
        for (int at = ENTRY_OFFSET; at < ENTRY_OFFSET + step * entries; at += step) {
            int low = section.word(start + at + 4);
            long value = flag ? low : Integer.toUnsignedLong(low);
            if (wide) {
                value = Integer.toUnsignedLong(low) | (long) section.word(start + at + 8) << 32;
            }
            enumerators.add(new BtfType.Enumerator(string(at), value));
        }
        return new BtfType.Enumeration(name(), size, wide, flag, enumerators);
    }

    private BtfType forward() {
        noEntries();
        if (sizeOrType != 0) {
            throw wrong(8, "has a size, which forward declarations must leave 0");
        }
        return new BtfType.Forward(name(), flag);
    }

    private BtfType function() {
        noFlag();
        if (entries >= BtfType.Linkage.values().length) {
            throw wrong(4, "has unknown linkage " + entries);
        }
        return new BtfType.Function(name(), BtfType.Linkage.values()[entries], reference(8, "prototype"));
    }

    private BtfType prototype() {
        unnamed();
        noFlag();
        int returnType = reference(8, "return");
        List<BtfType.Parameter> parameters = new ArrayList<>(entries);
        boolean variadic = false;
        for (int i = 0; i < entries; i++) {
            int at = ENTRY_OFFSET + 8 * i;
            BtfType.Parameter parameter = new BtfType.Parameter(string(at), reference(at + 4, "parameter"));
            variadic = i == entries - 1
                    && parameter.type() == 0
                    && parameter.name().isEmpty();
            if (!variadic) {
                parameters.add(parameter);
            }
        }
        return new BtfType.FunctionPrototype(returnType, parameters, variadic);
    }

    private BtfType variable() {
        noEntries();
        noFlag();
        int linkage = section.word(start + ENTRY_OFFSET);
        if (linkage < 0 || linkage >= BtfType.Linkage.values().length) {
            throw wrong(ENTRY_OFFSET, "has unknown linkage " + Integer.toUnsignedString(linkage));
        }
        return new BtfType.Variable(name(), reference(8, "variable"), BtfType.Linkage.values()[linkage]);
    }

    private BtfType dataSection() {
        noFlag();
        int size = size();
        List<BtfType.SectionVariable> variables = new ArrayList<>(entries);
        for (int at = ENTRY_OFFSET; at < ENTRY_OFFSET + 12 * entries; at += 12) {
            int offset = section.word(start + at + 4);
            int bytes = section.word(start + at + 8);
            if (offset < 0 || bytes < 0) {
                throw wrong(at + 4, "has a variable beyond 2 GiB");
            }
            variables.add(new BtfType.SectionVariable(reference(at, "variable"), offset, bytes));
        }
        return new BtfType.DataSection(name(), size, variables);
    }

    private BtfType floatingPoint() {
        noEntries();
        noFlag();
        switch (size()) {
            case 2, 4, 8, 12, 16 -> {}
            default -> throw wrong(8, "is a floating-point number of " + size() + " bytes");
        }
        return new BtfType.Float(name(), size());
    }

    private BtfType declarationTag() {
        noEntries();
        int component = section.word(start + ENTRY_OFFSET);
        if (component < -1) {
            throw wrong(ENTRY_OFFSET, "has component index " + component);
        }
        return new BtfType.DeclarationTag(name(), reference(8, "target"), component, flag);
    }

    private BtfType typeTag() {
        noEntries();
        return new BtfType.TypeTag(name(), reference(8, "target"), flag);
    }

    private int plainTarget() {
        unnamed();
        noEntries();
        noFlag();
        return reference(8, "target");
    }

    private String namedTarget() {
        noEntries();
        noFlag();
        reference(8, "target");
        return name();
    }

    private String name() {
        return btf.nameAt(section.word(start));
    }

    private String string(int at) {
        int offset = section.word(start + at);
        if (Integer.toUnsignedLong(offset) >= btf.stringLimit()) {
            throw wrong(at, "has an entry with a name outside the strings");
        }
        return btf.nameAt(offset);
    }

    private int reference(int at, String role) {
        int target = section.word(start + at);
        if (target < 0 || target >= btf.typeCount()) {
            throw wrong(
                    at,
                    "refers to " + role + " type " + Integer.toUnsignedString(target) + "; the last type is "
                            + (btf.typeCount() - 1));
        }
        return target;
    }

    private int size() {
        if (sizeOrType < 0) {
            throw wrong(8, "is larger than 2 GiB: " + Integer.toUnsignedString(sizeOrType) + " bytes");
        }
        return sizeOrType;
    }

    private void unnamed() {
        if (section.word(start) != 0) {
            throw wrong(0, "has a name, which its kind cannot have");
        }
    }

    private void noEntries() {
        if (entries != 0) {
            throw wrong(4, "has " + entries + " entries, which its kind cannot have");
        }
    }

    private void noFlag() {
        if (flag) {
            throw wrong(4, "sets kind_flag, which its kind does not know");
        }
    }

    private InputException wrong(int at, String problem) {
        String type = "BTF type " + id + " (" + BtfKind.of(kind).orElse(BtfKind.UNKN) + ") ";
        return new InputException(section.where().at(start + at), type + problem, "");
    }
}
