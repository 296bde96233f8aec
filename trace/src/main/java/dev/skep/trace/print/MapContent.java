package dev.skep.trace.print;

import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;

/**
 * What a map holds when it is printed.
 *
 * @param name without the at sign
 * @param kind what JSON calls it
 * @param entries in the order in which they are shown
 */
public record MapContent(String name, Kind kind, List<Entry> entries) {
    public MapContent {
        entries = List.copyOf(entries);
    }

    /** What JSON calls a map by the type of its values. */
    public static Kind kindOf(TraceType type) {
        return switch (type) {
            case TraceType.Histogram _, TraceType.LinearHistogram _ -> Kind.HISTOGRAM;
            case TraceType.Average _ -> Kind.STATISTICS;
            case TraceType.TimeSeries _ -> Kind.SERIES;
            default -> Kind.MAP;
        };
    }

    /** An entry. @param key empty in a map without keys, which has one entry at most */
    public record Entry(Optional<Value> key, Value value) {}

    /** What JSON calls maps by their values. */
    public enum Kind {
        MAP("map"),
        HISTOGRAM("hist"),
        STATISTICS("stats"),
        SERIES("tseries");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Whether a value of that kind is a line of text, not a chart. */
        public boolean isOneLine() {
            return this == MAP || this == STATISTICS;
        }

        /** In the document. */
        String word() {
            return word;
        }
    }
}
