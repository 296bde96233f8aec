package dev.skep.trace.print;

import java.util.Comparator;
import java.util.List;

/** The order of a map's entries: by what was counted, the least first; of values that are no numbers by key. */
final class ValueOrder {
    private static final Value NOTHING = new Value.Missing();

    /** By value, then by key. */
    static final Comparator<MapContent.Entry> ENTRIES = Comparator.<MapContent.Entry, Value>comparing(
                    ValueOrder::weight, ValueOrder::compare)
            .thenComparing(entry -> entry.key().orElse(NOTHING), ValueOrder::compare);

    private ValueOrder() {}

    /** What an entry is sorted by; the same for all that are not sorted by value. */
    private static Value weight(MapContent.Entry entry) {
        return switch (entry.value()) {
            case Value.Number number -> number;
            case Value.Statistics statistics -> new Value.Number(statistics.average(), statistics.signed());
            case Value.Histogram histogram -> new Value.Number(histogram.total(), false);
            default -> NOTHING;
        };
    }

    private static int compare(Value one, Value other) {
        return switch (one) {
            case Value.Number(long a, boolean signed)
            when other instanceof Value.Number(long b, boolean _) ->
                signed ? Long.compare(a, b) : Long.compareUnsigned(a, b);
            case Value.Address(long a) when other instanceof Value.Address(long b) -> Long.compareUnsigned(a, b);
            case Value.Named(String _, long a)
            when other instanceof Value.Named(String _, long b) -> Long.compare(a, b);
            case Value.Text(String a) when other instanceof Value.Text(String b) -> a.compareTo(b);
            case Value.Truth(boolean a) when other instanceof Value.Truth(boolean b) -> Boolean.compare(a, b);
            case Value.Tuple(List<Value> a) when other instanceof Value.Tuple(List<Value> b) -> compare(a, b);
            case Value.Sequence(List<Value> a) when other instanceof Value.Sequence(List<Value> b) -> compare(a, b);
            case Value.Missing _ -> 0;
            default -> text(one).compareTo(text(other));
        };
    }

    private static int compare(List<Value> one, List<Value> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = compare(one.get(i), other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static String text(Value value) {
        TextBuffer text = new TextBuffer();
        ValueText.append(value, text);
        return text.toString();
    }
}
