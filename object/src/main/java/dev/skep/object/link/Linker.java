package dev.skep.object.link;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.ElfWriter;
import dev.skep.object.elf.Relocation;
import java.util.List;

/**
 * Links BPF objects statically: what {@code bpftool gen object} does (tools/lib/bpf/linker.c). Sections of the same name are put one
 * behind the other; global symbols are resolved across objects, with weak, hidden and extern as in C, and what several objects
 * say about the type of a name, a map's definition included, must agree; BTF is merged. What stays undefined stays so, so
 * that the result can be linked further.
 */
public final class Linker {
    private Linker() {}

    /**
     * Links objects, in this order.
     *
     * @param objects at least one; {@code where().source()} of each names it in messages
     * @return an object file
     * @throws dev.skep.object.InputException if a name has two strong definitions, if objects disagree about a name, or if
     *     sections of the same name cannot be joined; it names both objects
     */
    public static byte[] link(List<ElfFile> objects) {
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("nothing to link");
        }
        SectionMerger sections = new SectionMerger();
        SymbolMerger symbols = new SymbolMerger();
        RelocationMerger relocations = new RelocationMerger(sections.sections());
        List<LinkUnit> units = objects.stream().map(LinkUnit::new).toList();
        units.forEach(sections::append);
        units.forEach(symbols::append);
        units.forEach(relocations::append);
        ElfWriter writer = new ElfWriter();
        write(sections.sections(), symbols, writer);
        new BtfMerger(units, symbols, sections.sections()).addTo(writer);
        return writer.toBytes();
    }

    private static void write(List<OutputSection> sections, SymbolMerger symbols, ElfWriter writer) {
        for (OutputSection section : sections) {
            if (section.first.type() == Elf64.SHT_NOBITS) {
                writer.zeroSection(section.name(), section.first.flags(), section.alignment(), section.size());
            } else {
                writer.section(
                        section.name(),
                        section.first.type(),
                        section.first.flags(),
                        section.alignment(),
                        section.first.entrySize(),
                        section.bytes());
            }
        }
        symbols.symbols().forEach(writer::symbol);
        for (int i = 0; i < sections.size(); i++) {
            for (Relocation relocation : sections.get(i).relocations) {
                writer.relocation(i + 1, relocation.offset(), relocation.type(), relocation.symbol());
            }
        }
    }
}
