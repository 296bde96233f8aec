package dev.skep.trace.cdefinition;

import java.util.List;

/** What a function gets. */
public record CFunction(String name, List<Parameter> parameters) {
    public CFunction {
        parameters = List.copyOf(parameters);
    }

    /** A parameter. @param name empty if it has none @param written its type as it is shown: {@code const char*} */
    public record Parameter(String name, CType type, String written) {}
}
