package dev.skep.object.assembly;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import java.util.List;

/** Takes from an ELF file what a listing shows of it. */
public final class ListedSections {
    /** A symbol type {@link Elf64} has no use for: data that the linker allocates. */
    private static final int STT_COMMON = 5;

    private ListedSections() {}

    /** The sections with code, in the file's order, with the symbols and relocations llvm-objdump shows. */
    public static List<ListedSection> of(ElfFile file) {
        return file.sections().stream()
                .filter(Section::isExecutable)
                .map(section -> of(file, section))
                .toList();
    }

    private static ListedSection of(ElfFile file, Section section) {
        return new ListedSection(
                section.name(),
                section.content(),
                file.symbols().stream()
                        .filter(symbol -> symbol.section() == section.index() && isListed(symbol))
                        .map(ListedSections::of)
                        .toList(),
                section.relocations().stream()
                        .map(relocation -> new ListedSection.Relocation(
                                relocation.offset(),
                                typeName(relocation.type()),
                                file.nameOf(file.symbols().get(relocation.symbol()))))
                        .toList());
    }

    private static boolean isListed(Symbol symbol) {
        return symbol.type() != Elf64.STT_SECTION
                && symbol.type() != Elf64.STT_FILE
                && !symbol.name().isEmpty();
    }

    private static ListedSection.Symbol of(Symbol symbol) {
        boolean data = symbol.type() == Elf64.STT_OBJECT || symbol.type() == STT_COMMON;
        return new ListedSection.Symbol(symbol.name(), symbol.value(), data);
    }

    /** The name of an {@code R_BPF_*} number (LLVM's ELFRelocs/BPF.def). */
    private static String typeName(int type) {
        return switch (type) {
            case Elf64.R_BPF_NONE -> "R_BPF_NONE";
            case Elf64.R_BPF_64_64 -> "R_BPF_64_64";
            case Elf64.R_BPF_64_ABS64 -> "R_BPF_64_ABS64";
            case Elf64.R_BPF_64_ABS32 -> "R_BPF_64_ABS32";
            case Elf64.R_BPF_64_NODYLD32 -> "R_BPF_64_NODYLD32";
            case Elf64.R_BPF_64_32 -> "R_BPF_64_32";
            default -> "Unknown";
        };
    }
}
