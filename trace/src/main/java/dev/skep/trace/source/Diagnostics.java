package dev.skep.trace.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is said about a script, in the order it is found. The same is not said twice, nor more than is read. */
public final class Diagnostics {
    /** How much is kept: who has so many errors starts with the first. */
    private static final int MOST = 100;

    private final Set<Diagnostic> found = new LinkedHashSet<>();

    /** The script cannot be run. */
    public void error(Span span, String message, String... hints) {
        add(new Diagnostic(Diagnostic.Severity.ERROR, span, message, List.of(hints)));
    }

    /** The script can be run, but may not do what is expected. */
    public void warning(Span span, String message, String... hints) {
        add(new Diagnostic(Diagnostic.Severity.WARNING, span, message, List.of(hints)));
    }

    /** Adds what was found elsewhere. */
    public void addAll(List<Diagnostic> others) {
        others.forEach(this::add);
    }

    private void add(Diagnostic diagnostic) {
        boolean isError = diagnostic.severity() == Diagnostic.Severity.ERROR;
        if (found.size() < MOST || (isError && !hasErrors())) {
            found.add(diagnostic);
        }
    }

    /** All of them, in the order they were found. */
    public List<Diagnostic> all() {
        return new ArrayList<>(found);
    }

    /** True if there is one that keeps the script from running. */
    public boolean hasErrors() {
        return found.stream().anyMatch(one -> one.severity() == Diagnostic.Severity.ERROR);
    }

    /** All of them as text, as {@link Diagnostic#render()} writes them. */
    public String render() {
        StringBuilder out = new StringBuilder();
        found.forEach(one -> out.append(one.render()));
        return out.toString();
    }
}
