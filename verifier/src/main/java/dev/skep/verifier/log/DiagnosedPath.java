package dev.skep.verifier.log;

import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.HistoryEntry.Event;
import dev.skep.verifier.Place;
import dev.skep.verifier.Rejection;
import dev.skep.verifier.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What a diagnosis alone tells of the way to a failure, where the log itself is missing: no values, but what led to it. */
final class DiagnosedPath {
    private final Diagnosis diagnosis;

    DiagnosedPath(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    /** The instructions named, the failing one last. */
    Rejection.Path path() {
        List<Step> steps = new ArrayList<>();
        diagnosis.path().forEach(event -> steps.add(step(event)));
        diagnosis.place().ifPresent(event -> steps.add(step(event)));
        return new Rejection.Path(0, steps);
    }

    private static Step step(Diagnosis.Event event) {
        Step.Branch branch = switch (event.label()) {
            case "branch" -> event.text().contains("true branch") ? Step.Branch.TAKEN : Step.Branch.NOT_TAKEN;
            default -> Step.Branch.NONE;
        };
        return new Step(event.place(), 0, event.instruction(), branch, new LinkedHashMap<>());
    }

    /** What happened to the value at fault, and its use last. */
    List<HistoryEntry> history() {
        List<HistoryEntry> history = new ArrayList<>();
        for (Diagnosis.Event event : diagnosis.path()) {
            kind(event).ifPresent(kind -> history.add(new HistoryEntry(kind, event.place(), event.text())));
        }
        diagnosis.place().ifPresent(event -> history.add(new HistoryEntry(Event.USED, event.place(), "is used here")));
        return history;
    }

    private static Optional<Event> kind(Diagnosis.Event event) {
        return switch (event.label()) {
            case "update" -> Optional.of(Event.COMPUTED);
            case "spilled" -> Optional.of(Event.COPIED);
            case "invalidated" -> Optional.of(Event.LOST);
            case "acquired" -> Optional.of(Event.ACQUIRED);
            case "released" -> Optional.of(Event.RELEASED);
            default -> Optional.empty();
        };
    }

    /** The last thing that made the value unusable, or what was acquired and is not given back. */
    Optional<Place> rootCause() {
        return history().reversed().stream()
                .filter(entry -> entry.event() == Event.LOST || entry.event() == Event.ACQUIRED)
                .map(HistoryEntry::place)
                .findFirst();
    }
}
