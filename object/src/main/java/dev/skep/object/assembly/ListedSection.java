package dev.skep.object.assembly;

import dev.skep.object.Bytes;
import java.util.List;

/**
 * A section of code to be listed.
 *
 * @param name the section's name
 * @param code its bytes, little-endian BPF; any number of them
 * @param symbols the symbols defined in it, in any order; those of kind SECTION and FILE and those without a name are left out
 * @param relocations its relocations, ascending by offset
 */
public record ListedSection(String name, Bytes code, List<Symbol> symbols, List<Relocation> relocations) {

    public ListedSection {
        symbols = List.copyOf(symbols);
        relocations = List.copyOf(relocations);
    }

    /**
     * A symbol.
     *
     * @param offset bytes from the section's start
     * @param data true for symbols of type OBJECT and COMMON, whose bytes are no instructions
     */
    public record Symbol(String name, long offset, boolean data) {}

    /**
     * A relocation.
     *
     * @param offset bytes from the section's start
     * @param type its name: {@code R_BPF_64_64}
     * @param symbol name of the symbol it refers to; the section's name for a section symbol
     */
    public record Relocation(long offset, String type, String symbol) {}
}
