package dev.skep.verifier.log;

import dev.skep.verifier.Place;
import java.util.List;
import java.util.Optional;

/**
 * What Linux 7.3 and newer write below about a quarter of their messages ({@code kernel/bpf/diagnostics.c}): the reason in a sentence, the
 * place with its function and column, what led to it, and a suggestion.
 *
 * @param category for example {@code Memory Safety}
 * @param problem for example {@code Access outside bounds}
 * @param reason a sentence or more, "" if there is none
 * @param suggestion a sentence or more, "" if there is none
 * @param place where it fails
 * @param path what happened before, in order
 */
public record Diagnosis(
        String category, String problem, String reason, String suggestion, Optional<Event> place, List<Event> path) {
    public Diagnosis {
        path = List.copyOf(path);
    }

    /** {@code Memory Safety: Access outside bounds: The verifier ...}. */
    public String text() {
        return category + (problem.isEmpty() ? "" : ": " + problem) + (reason.isEmpty() ? "" : ": " + reason);
    }

    /**
     * Something on the way, or the failure.
     *
     * @param instruction as the log writes it, "" if not shown
     * @param label what kind of thing: {@code branch}, {@code update}, {@code spilled}, {@code invalidated}, {@code acquired},
     *     {@code released}, {@code context} or {@code error}
     */
    public record Event(Place place, String instruction, String label, String text) {}
}
