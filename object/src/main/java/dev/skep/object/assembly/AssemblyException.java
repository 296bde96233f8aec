package dev.skep.object.assembly;

import java.util.List;
import java.util.stream.Collectors;

/** Assembly text with mistakes in it: all of them, in the text's order. The message is the first one's {@code summary}. */
public final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<AssemblyError> errors;

    AssemblyException(List<AssemblyError> errors) {
        super(errors.getFirst().summary() + (errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)"));
        this.errors = List.copyOf(errors);
    }

    /** All mistakes, at least one. */
    public List<AssemblyError> errors() {
        return errors;
    }

    /** All mistakes for a terminal, each with its line and carets, an empty line between them. */
    public String render() {
        return errors.stream().map(AssemblyError::render).collect(Collectors.joining("\n"));
    }
}
