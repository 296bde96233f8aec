package dev.skep.object.file;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfWriter;
import dev.skep.object.elf.Symbol;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The sections and symbols of a file being written, by name and by place. */
final class SymbolPlaces {
    private record Place(String section, long value) {}

    private final ElfWriter elf;
    private final Map<String, Integer> sections = new HashMap<>();
    private final Map<Place, Integer> variables = new HashMap<>();
    private final Map<String, Integer> globals = new HashMap<>();
    private final Map<String, Integer> sectionSymbols = new HashMap<>();

    SymbolPlaces(ElfWriter elf) {
        this.elf = elf;
    }

    void addSection(String name, int index) {
        if (sections.putIfAbsent(name, index) != null) {
            throw new IllegalArgumentException("two sections named " + name);
        }
    }

    Optional<Integer> findSection(String name) {
        return Optional.ofNullable(sections.get(name));
    }

    int section(String name) {
        return findSection(name).orElseThrow(() -> new IllegalArgumentException("there is no section " + name));
    }

    /** Adds a function's symbol. @return its number */
    int addFunction(String name, String section, long value, long size, int binding, int visibility) {
        return elf.symbol(new Symbol(0, name, value, size, binding, Elf64.STT_FUNC, visibility, section(section)));
    }

    /** Adds the symbol of a global variable or map. */
    void addVariable(String name, String section, long value, long size) {
        int symbol = elf.symbol(new Symbol(
                0, name, value, size, Elf64.STB_GLOBAL, Elf64.STT_OBJECT, Elf64.STV_DEFAULT, section(section)));
        globals.putIfAbsent(name, symbol);
        variables.putIfAbsent(new Place(section, value), symbol);
    }

    /** Adds an undefined symbol. */
    void addExtern(String name, boolean weak) {
        int binding = weak ? Elf64.STB_WEAK : Elf64.STB_GLOBAL;
        globals.computeIfAbsent(
                name,
                added -> elf.symbol(
                        new Symbol(0, added, 0, 0, binding, Elf64.STT_NOTYPE, Elf64.STV_DEFAULT, Elf64.SHN_UNDEF)));
    }

    /** The variable, map or extern of this name. */
    int global(String name) {
        Integer symbol = globals.get(name);
        if (symbol == null) {
            throw new IllegalArgumentException("nothing is named '" + name + "'");
        }
        return symbol;
    }

    /** The symbol of a section itself. */
    int ofSection(String name) {
        return sectionSymbols.computeIfAbsent(
                name,
                added -> elf.symbol(new Symbol(
                        0, "", 0, 0, Elf64.STB_LOCAL, Elf64.STT_SECTION, Elf64.STV_DEFAULT, section(added))));
    }

    /** A symbol that lies exactly there: a variable's, the section's, or a local one made for the purpose. */
    int at(String section, long value) {
        if (value == 0 && !variables.containsKey(new Place(section, value))) {
            return ofSection(section);
        }
        return variables.computeIfAbsent(
                new Place(section, value),
                place -> elf.symbol(new Symbol(
                        0,
                        place.section() + "+" + place.value(),
                        value,
                        0,
                        Elf64.STB_LOCAL,
                        Elf64.STT_OBJECT,
                        Elf64.STV_DEFAULT,
                        section(section))));
    }
}
