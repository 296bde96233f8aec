package dev.skep.linux.symbol.dwarf;

import java.util.Optional;

/** A debugging information entry: attributes by number. Texts are read when they are asked for. */
final class Entry {
    private final DebugSections sections;
    private final Unit unit;
    private final long at;
    private final Abbreviation abbreviation;
    private final int[] forms;
    private final long[] values;
    private final long end;

    private Entry(
            DebugSections sections,
            Unit unit,
            long at,
            Abbreviation abbreviation,
            int[] forms,
            long[] values,
            long end) {
        this.sections = sections;
        this.unit = unit;
        this.at = at;
        this.abbreviation = abbreviation;
        this.forms = forms;
        this.values = values;
        this.end = end;
    }

    /** The entry at a place; empty where a list of entries ends. */
    static Optional<Entry> read(DebugSections sections, Unit unit, long at) {
        DwarfCursor cursor = new DwarfCursor(sections.info(), at);
        long code = cursor.unsigned();
        if (code == 0) {
            return Optional.empty();
        }
        Abbreviation abbreviation = unit.abbreviations().get(code);
        if (abbreviation == null) {
            throw sections.info().corrupt(at, "an entry of an unknown sort " + code);
        }
        int count = abbreviation.attributes().length;
        int[] forms = abbreviation.forms();
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            int form = forms[i];
            if (form == Form.INDIRECT) {
                form = (int) cursor.unsigned();
                forms = forms.clone();
                forms[i] = form;
            }
            values[i] = form == Form.IMPLICIT_CONST ? abbreviation.constants()[i] : value(sections, unit, form, cursor);
        }
        return Optional.of(new Entry(sections, unit, at, abbreviation, forms, values, cursor.at()));
    }

    /** A number as it is; of a text and of a block where it is. */
    private static long value(DebugSections sections, Unit unit, int form, DwarfCursor cursor) {
        long start = cursor.at();
        return switch (form) {
            case Form.ADDR -> cursor.number(unit.addressSize());
            case Form.DATA1, Form.FLAG, Form.REF1, Form.STRX1, Form.ADDRX1 -> cursor.u8();
            case Form.DATA2, Form.REF2, Form.STRX1 + 1, Form.ADDRX1 + 1 -> cursor.u16();
            case Form.STRX1 + 2, Form.ADDRX1 + 2 -> cursor.number(3);
            case Form.DATA4, Form.REF4, Form.REF_SUP4, Form.STRX4, Form.ADDRX4 -> cursor.u32();
            case Form.DATA8, Form.REF8, Form.REF_SIG8, Form.REF_SUP8 -> cursor.u64();
            case Form.SDATA -> cursor.signed();
            case Form.UDATA,
                    Form.REF_UDATA,
                    Form.STRX,
                    Form.ADDRX,
                    Form.LOCLISTX,
                    Form.RNGLISTX,
                    Form.GNU_ADDR_INDEX,
                    Form.GNU_STR_INDEX -> cursor.unsigned();
            case Form.STRP, Form.LINE_STRP, Form.STRP_SUP, Form.SEC_OFFSET, Form.GNU_REF_ALT, Form.GNU_STRP_ALT ->
                cursor.number(unit.offsetSize());
            case Form.REF_ADDR -> cursor.number(unit.version() == 2 ? unit.addressSize() : unit.offsetSize());
            case Form.FLAG_PRESENT -> 1;
            case Form.STRING -> {
                cursor.skipText();
                yield start;
            }
            case Form.BLOCK1 -> block(cursor, cursor.u8());
            case Form.BLOCK2 -> block(cursor, cursor.u16());
            case Form.BLOCK4 -> block(cursor, cursor.u32());
            case Form.BLOCK, Form.EXPRLOC -> block(cursor, cursor.unsigned());
            case Form.DATA16 -> block(cursor, 16);
            default -> throw sections.info().corrupt(start, "an attribute of an unknown form " + form);
        };
    }

    private static long block(DwarfCursor cursor, long length) {
        long start = cursor.at();
        cursor.skip(length);
        return start;
    }

    long at() {
        return at;
    }

    int tag() {
        return abbreviation.tag();
    }

    boolean hasChildren() {
        return abbreviation.hasChildren();
    }

    /** Behind its attributes: where its children are, if it has some. */
    long end() {
        return end;
    }

    Unit unit() {
        return unit;
    }

    private int index(int attribute) {
        int[] all = abbreviation.attributes();
        for (int i = 0; i < all.length; i++) {
            if (all[i] == attribute) {
                return i;
            }
        }
        return -1;
    }

    boolean has(int attribute) {
        return index(attribute) >= 0;
    }

    /** A number. */
    Optional<Long> number(int attribute) {
        int index = index(attribute);
        return index < 0 || !Form.isNumber(forms[index]) ? Optional.empty() : Optional.of(values[index]);
    }

    /** The place of another entry. */
    Optional<Long> reference(int attribute) {
        int index = index(attribute);
        if (index < 0 || !Form.isReference(forms[index])) {
            return Optional.empty();
        }
        return Optional.of(Form.isOfUnit(forms[index]) ? unit.start() + values[index] : values[index]);
    }

    /** The number that an expression computes if it is a constant added to an address ({@code DW_OP_plus_uconst}), as in DWARF 2. */
    Optional<Long> addend(int attribute) {
        int index = index(attribute);
        if (index < 0) {
            return Optional.empty();
        }
        if (Form.isNumber(forms[index])) {
            return Optional.of(values[index]);
        }
        DwarfCursor cursor = new DwarfCursor(sections.info(), values[index]);
        return cursor.u8() == DW_OP_PLUS_UCONST ? Optional.of(cursor.unsigned()) : Optional.empty();
    }

    private static final int DW_OP_PLUS_UCONST = 0x23;

    /** A text; empty also if it is in another file. */
    Optional<String> text(int attribute) {
        int index = index(attribute);
        if (index < 0) {
            return Optional.empty();
        }
        long value = values[index];
        int form = forms[index];
        return switch (form) {
            case Form.STRING -> Optional.of(sections.info().text(value));
            case Form.STRP -> Optional.of(sections.texts().text(value));
            case Form.LINE_STRP -> Optional.of(sections.lineTexts().text(value));
            case Form.STRX, Form.STRX1, Form.STRX1 + 1, Form.STRX1 + 2, Form.STRX4, Form.GNU_STR_INDEX ->
                Optional.of(sections.texts().text(indexed(value)));
            default -> Optional.empty();
        };
    }

    private long indexed(long index) {
        DwarfCursor cursor = new DwarfCursor(sections.textOffsets(), unit.textOffsets());
        cursor.skip(index < 0 || index > Integer.MAX_VALUE ? -1 : index * unit.offsetSize());
        return cursor.number(unit.offsetSize());
    }
}
