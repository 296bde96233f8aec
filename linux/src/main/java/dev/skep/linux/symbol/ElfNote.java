package dev.skep.linux.symbol;

import java.util.ArrayList;
import java.util.List;

/**
 * A note in an ELF file ({@code Elf64_Nhdr}).
 *
 * @param owner who gives {@code type} its meaning: {@code GNU}, {@code stapsdt}
 */
public record ElfNote(String owner, int type, CheckedBytes description) {
    private static final int HEADER_SIZE = 12;
    private static final int ALIGNMENT = 4;

    /** The notes of a section. @throws dev.skep.object.InputException if they do not fit in it */
    public static List<ElfNote> in(CheckedBytes section) {
        List<ElfNote> notes = new ArrayList<>();
        long at = 0;
        while (section.size() - at >= HEADER_SIZE) {
            long nameSize = section.u32(at);
            long descriptionSize = section.u32(at + 4);
            long description = at + HEADER_SIZE + aligned(nameSize);
            notes.add(new ElfNote(
                    nameSize == 0 ? "" : section.text(at + HEADER_SIZE),
                    (int) section.u32(at + 8),
                    section.slice(description, descriptionSize, section.where())));
            at = description + aligned(descriptionSize);
        }
        return notes;
    }

    private static long aligned(long size) {
        return (size + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
