package dev.skep.object.elf;

import dev.skep.object.Location;
import java.util.List;
import java.util.Optional;

/**
 * A relocatable ELF64 file for BPF, taken apart.
 *
 * @param where the file, for messages about what is in it
 * @param sections by index, the null section first
 * @param symbols by index, the null symbol first; empty if the file has no symbol table
 */
public record ElfFile(Location where, List<Section> sections, List<Symbol> symbols) {
    public ElfFile {
        sections = List.copyOf(sections);
        symbols = List.copyOf(symbols);
    }

    /**
     * Reads a little-endian ELF64 relocatable BPF object. Everything it refers to is checked to lie inside the file, no
     * two sections may share bytes, and the memory used is bounded by a small multiple of the file's length.
     *
     * <p>Relocations of debugging sections and of {@code .BTF} are not taken: nobody needs them.
     *
     * @param where what to call the file in messages
     * @throws dev.skep.object.InputException if it is something else (the message says what), truncated or corrupt
     */
    public static ElfFile read(byte[] file, Location where) {
        return new ElfReader(file, where).read();
    }

    /** The first section with this name. */
    public Optional<Section> section(String name) {
        return sections.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** The section a symbol lies in; empty for undefined, absolute and common symbols. */
    public Optional<Section> sectionOf(Symbol symbol) {
        return symbol.isDefined() ? Optional.of(sections.get(symbol.section())) : Optional.empty();
    }

    /** What to call a symbol in messages: its name, or for a section's symbol the section's. */
    public String nameOf(Symbol symbol) {
        return symbol.name().isEmpty() ? sectionOf(symbol).map(Section::name).orElse("?") : symbol.name();
    }
}
