package dev.skep.linux.symbol.dwarf;

import java.util.List;

/** What a function gets. */
public record DwarfFunction(String name, List<Parameter> parameters) {
    public DwarfFunction {
        parameters = List.copyOf(parameters);
    }

    /** A parameter. @param name empty if it has none @param type the place of its type */
    public record Parameter(String name, long type) {}
}
