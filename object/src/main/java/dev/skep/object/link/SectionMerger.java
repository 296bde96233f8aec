package dev.skep.object.link;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one section of all sections of the same name, in the order of the objects. */
final class SectionMerger {
    /** As strict as anything in a BPF object can be: a page. */
    private static final long STRICTEST_ALIGNMENT = 4096;

    private final List<OutputSection> sections = new ArrayList<>();
    private final Map<String, Integer> indexByName = new HashMap<>();

    List<OutputSection> sections() {
        return sections;
    }

    void append(LinkUnit unit) {
        for (Section section : unit.elf.sections()) {
            if (isKept(section)) {
                append(unit, section);
            }
        }
    }

    /** Not what is made anew (symbols, strings, relocations, BTF), is for debuggers, or is empty code. */
    private static boolean isKept(Section section) {
        boolean isData = section.type() == Elf64.SHT_PROGBITS || section.type() == Elf64.SHT_NOBITS;
        boolean isEmptyText = section.name().equals(".text") && section.size() == 0;
        boolean isBtf = section.name().equals(".BTF") || section.name().equals(".BTF.ext");
        return isData && !isEmptyText && !isBtf && !section.isDebug();
    }

    private void append(LinkUnit unit, Section section) {
        boolean isFirst = !indexByName.containsKey(section.name());
        int index = indexByName.computeIfAbsent(section.name(), name -> {
            sections.add(new OutputSection(section, unit));
            return sections.size() - 1;
        });
        OutputSection target = sections.get(index);
        if (!isFirst) {
            requireSameKind(unit, section, target);
            if (isSharedText(section)) {
                requireSameContent(unit, section, target);
                return;
            }
        }
        if (section.alignment() < 0
                || Long.bitCount(section.alignment()) > 1
                || section.alignment() > STRICTEST_ALIGNMENT) {
            throw unit.wrong(
                    "section " + section.name() + " has the alignment " + section.alignment(), "compile it again");
        }
        long start = target.startOf(section);
        if (start + section.size() > Integer.MAX_VALUE - 8 || section.size() > Integer.MAX_VALUE) {
            throw unit.wrong("section " + section.name() + " becomes larger than 2 GiB", "link fewer objects");
        }
        target.append(section);
        unit.newSection[section.index()] = index;
        unit.newOffset[section.index()] = start;
    }

    /** A license is one for the whole object. */
    private static boolean isSharedText(Section section) {
        return section.name().equals("license") || section.name().equals("version");
    }

    private static void requireSameKind(LinkUnit unit, Section section, OutputSection target) {
        boolean same = section.type() == target.first.type()
                && section.flags() == target.first.flags()
                && section.entrySize() == target.first.entrySize();
        if (!same) {
            throw unit.wrong(
                    "section " + section.name() + " is of another kind than in " + target.firstUnit.name()
                            + " (type or flags differ)",
                    "give one of them another name");
        }
    }

    private static void requireSameContent(LinkUnit unit, Section section, OutputSection target) {
        if (!target.holds(section.content())) {
            throw unit.wrong(
                    "its " + section.name() + " is not that of " + target.firstUnit.name(),
                    "all objects linked together must have the same " + section.name());
        }
    }
}
