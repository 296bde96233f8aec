package dev.skep.object.file;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.SectionTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the functions of a file by its symbols, and the programs among them: the functions outside {@code .text} that are not
 * static (libbpf's {@code bpf_object__add_programs}; static functions outside {@code .text}, which libbpf refuses, are taken
 * as subprograms).
 */
final class FunctionFinder {
    private static final int SLOT = ObjectInput.SLOT;

    private final ObjectInput input;
    private final Map<Integer, List<Symbol>> symbolsBySection = new HashMap<>();

    FunctionFinder(ObjectInput input) {
        this.input = input;
        for (Symbol symbol : input.elf().symbols()) {
            if (symbol.type() == Elf64.STT_FUNC && symbol.isDefined()) {
                symbolsBySection
                        .computeIfAbsent(symbol.section(), ignored -> new ArrayList<>())
                        .add(symbol);
            }
        }
    }

    ObjectFunctions find() {
        ObjectFunctions functions = new ObjectFunctions();
        Set<String> names = new HashSet<>();
        for (Section section : input.elf().sections()) {
            if (section.isExecutable() && section.size() > 0) {
                if (!names.add(section.name())) {
                    throw input.wrong(
                            section.name(),
                            "there are two sections of code with this name",
                            "join them with `bpftool gen object`");
                }
                findIn(section, functions);
            }
        }
        return functions;
    }

    private void findIn(Section section, ObjectFunctions functions) {
        List<Symbol> symbols = symbolsBySection.getOrDefault(section.index(), List.of());
        if (symbols.isEmpty() && SectionTable.lookup(section.name()).isPresent()) {
            throw input.wrong(
                    section.name(),
                    "there is code, but no symbol of a function",
                    "in assembly, give the program `.type name,@function` and `.size name, .-name`");
        }
        List<Symbol> byOffset =
                symbols.stream().sorted(Comparator.comparingLong(Symbol::value)).toList();
        long end = 0;
        long start = -1;
        for (Symbol symbol : byOffset) {
            ObjectFunctions.Place place = place(symbol, section);
            boolean isAlias = place.offset() == start && place.offset() + place.length() == end;
            if (place.offset() < end && !isAlias) {
                throw input.wrong(
                        section.name(),
                        "the function '" + symbol.name() + "' overlaps the one before it",
                        "the file is corrupt: compile it again");
            }
            start = place.offset();
            end = start + place.length();
            int index = functions.add(place);
            if (symbol.isGlobal() && !section.name().equals(SectionName.TEXT)) {
                functions.addProgram(ProgramSpec.inSection(symbol.name(), section.name(), index));
            }
        }
    }

    private ObjectFunctions.Place place(Symbol symbol, Section section) {
        long offset = symbol.value();
        long length = symbol.size();
        if (symbol.name().isEmpty()) {
            throw input.wrong(section.name(), "a function has no name", "the file is corrupt: compile it again");
        }
        if (length == 0) {
            throw input.wrong(
                    section.name(),
                    "the function '" + symbol.name() + "' has no size",
                    "in assembly, say `.size " + symbol.name() + ", .-" + symbol.name() + "` behind it");
        }
        if (offset < 0 || length < 0 || offset > section.size() || length > section.size() - offset) {
            throw input.wrong(
                    section.name(),
                    "the function '" + symbol.name() + "' reaches beyond the section",
                    "the file is corrupt: compile it again");
        }
        if (offset % SLOT != 0 || length % SLOT != 0) {
            throw input.wrong(
                    section.name(),
                    "the function '" + symbol.name() + "' does not start and end between instructions",
                    "the file is corrupt: compile it again");
        }
        return new ObjectFunctions.Place(symbol, section, (int) offset, (int) length);
    }
}
