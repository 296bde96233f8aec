package dev.skep.trace.print;

import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The intervals of a time series, those of all CPUs put together. Numbers count intervals since the boot. */
final class TimeSlots {
    private final TraceType.TimeSeries type;
    private final long divisor;
    private final TreeMap<Long, Slot> slots = new TreeMap<>(Long::compareUnsigned);

    /** @param meta a count of what was added, or the time of the last */
    private record Slot(long value, long meta) {}

    private TimeSlots(TraceType.TimeSeries type, long divisor) {
        this.type = type;
        this.divisor = divisor;
    }

    static TimeSlots of(TraceType.TimeSeries type, List<MemorySegment> parts, long divisor) {
        TimeSlots made = new TimeSlots(type, divisor);
        for (MemorySegment part : parts) {
            for (int i = 0; i < type.count(); i++) {
                long at = (long) i * TraceType.TimeSeries.SLOT;
                long meta = part.get(Decoder.I64, at + TraceType.TimeSeries.META);
                if (meta != 0) {
                    made.slots.merge(
                            part.get(Decoder.I64, at + TraceType.TimeSeries.NUMBER),
                            new Slot(part.get(Decoder.I64, at), meta),
                            made::join);
                }
            }
        }
        return made;
    }

    private Slot join(Slot one, Slot other) {
        boolean less = type.signed() ? one.value < other.value : Long.compareUnsigned(one.value, other.value) < 0;
        return switch (type.join()) {
            case LAST -> Long.compareUnsigned(one.meta, other.meta) > 0 ? one : other;
            case LEAST -> less ? one : other;
            case GREATEST -> less ? other : one;
            case SUM, AVERAGE -> new Slot(one.value + other.value, one.meta + other.meta);
        };
    }

    /** The newest interval; empty if there is none. */
    OptionalLong newest() {
        return slots.isEmpty() ? OptionalLong.empty() : OptionalLong.of(slots.lastKey());
    }

    Value.Series series() {
        return upTo(newest().orElse(0));
    }

    /** From the first interval with a value, at most as many as are kept, up to {@code last}. */
    Value.Series upTo(long last) {
        List<Value.Point> points = new ArrayList<>();
        if (!slots.isEmpty()) {
            long oldest = last - type.count() + 1;
            long first = slots.keySet().stream()
                    .filter(number -> number - oldest >= 0)
                    .findFirst()
                    .orElse(last + 1);
            for (long number = first; number - last <= 0; number++) {
                points.add(new Value.Point(number * type.interval(), value(number)));
            }
        }
        return new Value.Series(points, type.interval());
    }

    private Value value(long number) {
        Slot slot = slots.get(number);
        return slot == null ? new Value.Missing() : value(slot);
    }

    private Value value(Slot slot) {
        long value = type.join() == TraceType.TimeSeries.Join.AVERAGE
                ? Aggregations.divided(slot.value, slot.meta, type.signed())
                : slot.value;
        return new Value.Number(Aggregations.divided(value, divisor, type.signed()), type.signed());
    }
}
