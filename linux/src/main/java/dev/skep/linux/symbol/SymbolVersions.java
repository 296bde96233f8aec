package dev.skep.linux.symbol;

import dev.skep.object.elf.Elf64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which version each symbol of {@code .dynsym} has: {@code .gnu.version} and {@code .gnu.version_d}, as the Linux
 * Standard Base (Core, "Symbol Versioning") lays them out.
 */
final class SymbolVersions {
    private static final int HIDDEN = 0x8000;

    /** {@code VER_FLG_BASE}: the entry is the file itself. */
    private static final int BASE = 1;

    private final Optional<CheckedBytes> indices;
    private final Map<Integer, String> names;

    private SymbolVersions(Optional<CheckedBytes> indices, Map<Integer, String> names) {
        this.indices = indices;
        this.names = names;
    }

    static SymbolVersions of(ElfBinary binary) {
        return new SymbolVersions(
                present(binary, ".gnu.version").map(binary::content),
                present(binary, ".gnu.version_d")
                        .map(section -> definitions(binary, section))
                        .orElse(Map.of()));
    }

    /** A file with what was stripped from another names that one's sections too, without content. */
    private static Optional<ElfBinary.Section> present(ElfBinary binary, String name) {
        return binary.section(name).filter(section -> section.type() != Elf64.SHT_NOBITS);
    }

    /** {@code Elfxx_Verdef} and the first {@code Elfxx_Verdaux} of each, chained by relative offsets. */
    private static Map<Integer, String> definitions(ElfBinary binary, ElfBinary.Section section) {
        CheckedBytes content = binary.content(section);
        CheckedBytes texts = SymbolTable.namesOf(binary, section);
        Map<Integer, String> names = new HashMap<>();
        long at = 0;
        long next;
        do {
            int flags = content.u16(at + 2);
            int index = content.u16(at + 4);
            if ((flags & BASE) == 0) {
                names.put(index, texts.text(content.u32(at + content.u32(at + 12))));
            }
            next = content.u32(at + 16);
            at += next;
        } while (next != 0);
        return names;
    }

    /** The version of the symbol with this index in {@code .dynsym}; "" for none. */
    String name(int symbol) {
        return indices.map(content -> names.getOrDefault(content.u16(2L * symbol) & ~HIDDEN, ""))
                .orElse("");
    }

    /** Whether it is the one that programs linked now get. */
    boolean isDefault(int symbol) {
        return indices.map(content -> (content.u16(2L * symbol) & HIDDEN) == 0).orElse(true);
    }
}
