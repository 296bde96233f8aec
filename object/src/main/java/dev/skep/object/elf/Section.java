package dev.skep.object.elf;

import dev.skep.object.Bytes;
import java.util.List;

/**
 * A section of an ELF file ({@code Elf64_Shdr}) with its content and the relocations that apply to it.
 *
 * @param index its number in the file; 0 is the null section
 * @param type {@code sh_type}
 * @param flags {@code sh_flags}
 * @param link {@code sh_link} @param info {@code sh_info}
 * @param alignment {@code sh_addralign}, 0 and 1 mean none
 * @param entrySize {@code sh_entsize}
 * @param size bytes in memory; the content's length except for {@code SHT_NOBITS}, which has none
 * @param relocations by offset, ascending
 */
public record Section(
        int index,
        String name,
        int type,
        long flags,
        int link,
        int info,
        long alignment,
        long entrySize,
        long size,
        Bytes content,
        List<Relocation> relocations) {
    public Section {
        relocations = List.copyOf(relocations);
    }

    /** True if it holds instructions ({@code SHF_EXECINSTR}). */
    public boolean isExecutable() {
        return (flags & Elf64.SHF_EXECINSTR) != 0 && type == Elf64.SHT_PROGBITS;
    }

    /** True for debugging information ({@code .debug_*}), which Skep neither needs nor understands. */
    public boolean isDebug() {
        return isDebug(name);
    }

    static boolean isDebug(String name) {
        return name.startsWith(".debug_") || name.startsWith(".zdebug_");
    }
}
