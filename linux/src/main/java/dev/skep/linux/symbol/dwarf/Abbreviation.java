package dev.skep.linux.symbol.dwarf;

import dev.skep.linux.symbol.CheckedBytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What entries of one sort consist of (DWARF 5, section 7.5.3).
 *
 * @param tag {@code DW_TAG_*}
 * @param hasChildren whether entries follow that belong to one of these
 * @param attributes {@code DW_AT_*}
 * @param forms of each attribute: {@code DW_FORM_*}
 * @param constants the value itself where the form is {@code DW_FORM_implicit_const}
 */
@SuppressWarnings("ArrayRecordComponent") // made once, shared by all entries, compared by nobody
record Abbreviation(int tag, boolean hasChildren, int[] attributes, int[] forms, long[] constants) {
    private static final int MOST_ATTRIBUTES = 1024;

    /** A table of them by their codes. @param at where in {@code .debug_abbrev} */
    static Map<Long, Abbreviation> table(CheckedBytes section, long at) {
        DwarfCursor cursor = new DwarfCursor(section, at);
        Map<Long, Abbreviation> table = new HashMap<>();
        for (long code = cursor.unsigned(); code != 0; code = cursor.unsigned()) {
            table.put(code, one(section, cursor));
        }
        return table;
    }

    private static Abbreviation one(CheckedBytes section, DwarfCursor cursor) {
        int tag = (int) cursor.unsigned();
        boolean hasChildren = cursor.u8() != 0;
        int[] attributes = new int[16];
        int[] forms = new int[16];
        long[] constants = new long[16];
        int count = 0;
        while (true) {
            int attribute = (int) cursor.unsigned();
            int form = (int) cursor.unsigned();
            if (attribute == 0 && form == 0) {
                return new Abbreviation(
                        tag,
                        hasChildren,
                        Arrays.copyOf(attributes, count),
                        Arrays.copyOf(forms, count),
                        Arrays.copyOf(constants, count));
            }
            if (count == MOST_ATTRIBUTES) {
                throw section.corrupt(cursor.at(), "an entry of more than " + MOST_ATTRIBUTES + " attributes");
            }
            if (count == attributes.length) {
                attributes = Arrays.copyOf(attributes, 2 * count);
                forms = Arrays.copyOf(forms, 2 * count);
                constants = Arrays.copyOf(constants, 2 * count);
            }
            attributes[count] = attribute;
            forms[count] = form;
            constants[count++] = form == Form.IMPLICIT_CONST ? cursor.signed() : 0;
        }
    }
}
