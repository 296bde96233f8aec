package dev.skep.linux.symbol.dwarf;

import dev.skep.linux.symbol.CheckedBytes;
import java.util.Map;

/**
 * A compilation unit (DWARF 5, section 7.5.1).
 *
 * @param start of its header in {@code .debug_info}
 * @param first of its entries
 * @param end behind the last
 * @param offsetSize 4 or 8 bytes, of places in other sections
 * @param textOffsets where in {@code .debug_str_offsets} those of this unit begin
 */
record Unit(
        long start,
        long first,
        long end,
        int version,
        int addressSize,
        int offsetSize,
        Map<Long, Abbreviation> abbreviations,
        long textOffsets) {
    private static final long LARGE = 0xffff_ffffL;
    private static final int SKELETON = 4;
    private static final int SPLIT_COMPILE = 5;
    private static final int TYPE = 2;
    private static final int SPLIT_TYPE = 6;

    /** Reads a header. @param tables those of abbreviations that were read before, by their place */
    static Unit read(DebugSections sections, long start, Map<Long, Map<Long, Abbreviation>> tables) {
        CheckedBytes info = sections.info();
        DwarfCursor cursor = new DwarfCursor(info, start);
        long length = cursor.u32();
        int offsetSize = length == LARGE ? 8 : 4;
        if (length == LARGE) {
            length = cursor.u64();
        }
        if (length <= 0 || length > info.size() - cursor.at()) {
            throw info.corrupt(start, "a unit of " + length + " bytes");
        }
        long end = cursor.at() + length;
        int version = cursor.u16();
        if (version < 2 || version > 5) {
            return new Unit(start, end, end, version, 8, offsetSize, Map.of(), 0); // nothing of it is known
        }
        int addressSize;
        long table;
        if (version == 5) {
            int kind = cursor.u8();
            addressSize = cursor.u8();
            table = cursor.number(offsetSize);
            cursor.skip(
                    switch (kind) {
                        case SKELETON, SPLIT_COMPILE -> 8;
                        case TYPE, SPLIT_TYPE -> 8 + offsetSize;
                        default -> 0;
                    });
        } else {
            table = cursor.number(offsetSize);
            addressSize = cursor.u8();
        }
        Map<Long, Abbreviation> abbreviations =
                tables.computeIfAbsent(table, at -> Abbreviation.table(sections.abbreviations(), at));
        Unit unit = new Unit(start, cursor.at(), end, version, addressSize, offsetSize, abbreviations, 0);
        return unit.withTextOffsets(sections);
    }

    /** Those are said by the unit's own entry. */
    private Unit withTextOffsets(DebugSections sections) {
        if (version < 5 || first >= end) {
            return this;
        }
        long base = Entry.read(sections, this, first)
                .flatMap(entry -> entry.number(Tag.AT_STR_OFFSETS_BASE))
                .orElse(2L * offsetSize);
        return new Unit(start, first, end, version, addressSize, offsetSize, abbreviations, base);
    }
}
