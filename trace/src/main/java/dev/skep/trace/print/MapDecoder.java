package dev.skep.trace.print;

import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a map's entries what is printed of them. */
final class MapDecoder {
    private final Decoder decoder;
    private final PlannedMap plan;

    MapDecoder(Decoder decoder, PlannedMap plan) {
        this.decoder = decoder;
        this.plan = plan;
    }

    MapContent decode(List<RawEntry> raw, long top, long divisor) {
        List<MapContent.Entry> entries = plan.value() instanceof TraceType.TimeSeries series
                ? series(series, raw, divisor)
                : values(raw, divisor);
        List<MapContent.Entry> sorted =
                entries.stream().sorted(ValueOrder.ENTRIES).toList();
        int skipped = top == 0 ? 0 : (int) Math.max(0, sorted.size() - top);
        return new MapContent(plan.name(), MapContent.kindOf(plan.value()), sorted.subList(skipped, sorted.size()));
    }

    private Optional<Value> key(RawEntry entry) {
        return plan.key().map(type -> decoder.decode(type, entry.key(), 0));
    }

    private List<MapContent.Entry> values(List<RawEntry> raw, long divisor) {
        List<MapContent.Entry> entries = new ArrayList<>();
        for (RawEntry entry : raw) {
            Value value = plan.value() instanceof TraceType.Aggregation aggregation
                    ? decoder.aggregate(aggregation, entry.parts(), divisor)
                    : divided(decoder.decode(plan.value(), entry.parts().getFirst(), 0), divisor);
            entries.add(new MapContent.Entry(key(entry), value));
        }
        return entries;
    }

    private static Value divided(Value value, long divisor) {
        return value instanceof Value.Number(long number, boolean signed)
                ? new Value.Number(Aggregations.divided(number, divisor, signed), signed)
                : value;
    }

    /** All end with the newest interval of any. */
    private List<MapContent.Entry> series(TraceType.TimeSeries type, List<RawEntry> raw, long divisor) {
        List<TimeSlots> slots = raw.stream()
                .map(entry -> TimeSlots.of(type, entry.parts(), divisor))
                .toList();
        OptionalLong newest =
                slots.stream().flatMapToLong(each -> each.newest().stream()).max();
        List<MapContent.Entry> entries = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            Value.Series series = decoder.onWallClock(slots.get(i).upTo(newest.orElse(0)));
            entries.add(new MapContent.Entry(key(raw.get(i)), series));
        }
        return entries;
    }
}
