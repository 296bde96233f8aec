package dev.skep.object.link;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Relocation;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import dev.skep.object.instruction.Opcode;
import java.util.List;

/**
 * Moves relocations to where their sections went. A relocation against a section's own symbol says in place how far into the
 * section it means, which grows by the distance the section moved (libbpf's {@code linker_append_elf_relos}).
 */
final class RelocationMerger {
    private static final int SLOT = 8;

    private final List<OutputSection> sections;

    RelocationMerger(List<OutputSection> sections) {
        this.sections = sections;
    }

    void append(LinkUnit unit) {
        for (Section section : unit.elf.sections()) {
            if (unit.newSection[section.index()] >= 0) {
                OutputSection target = sections.get(unit.newSection[section.index()]);
                for (Relocation relocation : section.relocations()) {
                    append(unit, section, relocation, target);
                }
            }
        }
    }

    private void append(LinkUnit unit, Section section, Relocation relocation, OutputSection target) {
        Symbol symbol = unit.elf.symbols().get(relocation.symbol());
        int number = unit.newSymbol[relocation.symbol()];
        if (number < 0) {
            throw unit.wrong(
                    "a relocation of section " + section.name() + " refers to '" + unit.elf.nameOf(symbol)
                            + "', which is no part of the linked object",
                    "compile the object again");
        }
        int width = section.isExecutable() ? SLOT : widthOf(relocation);
        if (relocation.offset() < 0
                || relocation.offset() > section.size() - width
                || section.content().length() == 0) {
            throw unit.wrong(
                    "a relocation lies outside section " + section.name(), "the file is corrupt: compile it again");
        }
        long at = unit.newOffset[section.index()] + relocation.offset();
        if (symbol.type() == Elf64.STT_SECTION && symbol.isDefined()) {
            shift(section, target, at, unit.newOffset[symbol.section()], width);
        }
        target.relocations.add(new Relocation(at, relocation.type(), number));
    }

    private static int widthOf(Relocation relocation) {
        return relocation.type() == Elf64.R_BPF_64_ABS32 || relocation.type() == Elf64.R_BPF_64_NODYLD32 ? 4 : 8;
    }

    private static void shift(Section section, OutputSection target, long at, long distance, int width) {
        if (section.isExecutable()) {
            boolean isCall = target.byteAt(at) == Opcode.CALL;
            target.addInt(at + 4, isCall ? distance / SLOT : distance);
        } else if (width == 4) {
            target.addInt(at, distance);
        } else {
            target.addLong(at, distance);
        }
    }
}
