package dev.skep.trace.record;

import java.util.List;

/**
 * A run of a program, with all that it found out.
 *
 * @param exits whether it called {@code exit()}
 */
public record RecordedEvent(
        Entry.Event event, List<Entry.Read> reads, List<Entry.Call> calls, List<Entry.Stack> stacks, boolean exits) {
    public RecordedEvent {
        reads = List.copyOf(reads);
        calls = List.copyOf(calls);
        stacks = List.copyOf(stacks);
    }
}
