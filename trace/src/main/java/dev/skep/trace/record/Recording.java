package dev.skep.trace.record;

import dev.skep.object.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a script's probes saw.
 *
 * @param origin which script, on which machine
 * @param start when all probes went live, by {@code CLOCK_BOOTTIME}; 0 if they never did
 * @param facts what is known of the machine
 * @param events in the order in which their programs started
 * @param lost how many entries found no room when it was recorded, and are missing here
 */
public record Recording(
        Entry.Origin origin, long start, List<Entry.Fact> facts, List<RecordedEvent> events, long lost) {
    public Recording {
        facts = List.copyOf(facts);
        events = List.copyOf(events);
    }

    /**
     * Reads a file.
     *
     * @throws InputException if it is no recording, or a damaged one
     * @throws UncheckedIOException if it cannot be read
     */
    public static Recording read(Path file) {
        try {
            return read(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** The recording that a file's content is. @param name for messages */
    public static Recording read(byte[] content, String name) {
        try {
            return of(new RecordingReader(name).read(new ByteArrayInputStream(content)));
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }

    /** Puts together what belongs together. @param entries in any order, an origin among them */
    public static Recording of(List<Entry> entries) {
        Entry.Origin origin = null;
        long start = 0;
        long lost = 0;
        List<Entry.Fact> facts = new ArrayList<>();
        Map<Long, Parts> parts = new TreeMap<>();
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Origin it -> origin = it;
                case Entry.Start it -> start = it.time();
                case Entry.End it -> lost = it.lost();
                case Entry.Fact fact -> facts.add(fact);
                case Entry.Happening happening -> add(happening, parts);
            }
        }
        if (origin == null) {
            throw new IllegalArgumentException("a recording without an origin");
        }
        List<RecordedEvent> events =
                parts.values().stream().flatMap(each -> each.events().stream()).toList();
        return new Recording(origin, start, facts, events, lost);
    }

    private static void add(Entry.Happening happening, Map<Long, Parts> parts) {
        switch (happening) {
            case Entry.Event it -> at(parts, it.sequence()).events.add(it);
            case Entry.Read it -> at(parts, it.sequence()).reads.add(it);
            case Entry.Call it -> at(parts, it.sequence()).calls.add(it);
            case Entry.Stack it -> at(parts, it.sequence()).stacks.add(it);
            case Entry.Exit it -> at(parts, it.sequence()).exits = true;
        }
    }

    private static Parts at(Map<Long, Parts> parts, long sequence) {
        return parts.computeIfAbsent(sequence, _ -> new Parts());
    }

    /** What is known of an event; without the event itself if there was no room for it. */
    private static final class Parts {
        private final List<Entry.Event> events = new ArrayList<>();
        private final List<Entry.Read> reads = new ArrayList<>();
        private final List<Entry.Call> calls = new ArrayList<>();
        private final List<Entry.Stack> stacks = new ArrayList<>();
        private boolean exits;

        List<RecordedEvent> events() {
            return events.stream()
                    .map(event -> new RecordedEvent(event, reads, calls, stacks, exits))
                    .toList();
        }
    }

    /** Writes it as a file's content. @param out is closed */
    public void write(OutputStream out) {
        try (RecordingWriter writer = new RecordingWriter(out)) {
            writer.write(origin);
            facts.forEach(writer::write);
            writer.write(new Entry.Start(start));
            for (RecordedEvent event : events) {
                writer.write(event.event());
                event.reads().forEach(writer::write);
                event.calls().forEach(writer::write);
                event.stacks().forEach(writer::write);
                if (event.exits()) {
                    writer.write(new Entry.Exit(event.event().sequence()));
                }
            }
            writer.end(lost);
        }
    }
}
