package dev.skep.verifier.explain;

import dev.skep.verifier.HistoryEntry;
import dev.skep.verifier.Place;
import java.util.List;
import java.util.Optional;

/**
 * What happened to a value on a path, as far back as it can be followed.
 *
 * @param links from the oldest to the newest
 */
public record Chain(List<Link> links) {
    public Chain {
        links = List.copyOf(links);
    }

    /**
     * One thing that happened.
     *
     * @param index of the step
     * @param home where the value was then
     * @param value what was known afterwards
     */
    public record Link(int index, HistoryEntry.Event event, Place place, Home home, KnownValue value, String text) {
        HistoryEntry entry() {
            return new HistoryEntry(event, place, text);
        }
    }

    /** Where the value comes from: the oldest link, if it set the value. */
    public Optional<Link> origin() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.getFirst());
    }

    public Optional<Link> last(HistoryEntry.Event event) {
        return links.reversed().stream().filter(link -> link.event() == event).findFirst();
    }

    public Optional<Link> first(HistoryEntry.Event event) {
        return links.stream().filter(link -> link.event() == event).findFirst();
    }
}
