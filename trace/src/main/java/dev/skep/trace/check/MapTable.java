package dev.skep.trace.check;

import dev.skep.object.map.MapType;
import dev.skep.trace.source.Span;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the programs of a script put into its maps: grows until nothing new is seen. */
final class MapTable {
    private static final TraceType UNKNOWN = new TraceType.Nothing();

    /** A map as far as it is known. */
    private static final class Entry {
        Optional<Boolean> keyed = Optional.empty();
        TraceType key = UNKNOWN;
        TraceType value = UNKNOWN;
        Optional<MapType> kind = Optional.empty();
        TraceType argument = UNKNOWN;
        Optional<Integer> entries = Optional.empty();
        boolean isRead;
    }

    private final Map<String, Entry> entries = new TreeMap<>();
    private final Report report;
    private boolean changed;

    MapTable(Report report) {
        this.report = report;
    }

    /** What {@code let @name = kind(entries)} says. */
    void declare(String name, MapType kind, int count) {
        Entry entry = entry(name);
        entry.kind = Optional.of(kind);
        entry.entries = Optional.of(count);
    }

    /** True if something was learnt since this was last asked. */
    boolean takeChanged() {
        boolean before = changed;
        changed = false;
        return before;
    }

    /** Whether something is ever put into it. */
    boolean isDefined(String name) {
        return !(value(name) instanceof TraceType.Nothing);
    }

    /** Its value is used; one that nothing is put into reads as 0, see {@link #defineRead()}. */
    void read(String name) {
        entry(name).isRead = true;
    }

    /** Makes numbers of the values of maps that are read, and that nothing is put into. @return whether there are any */
    boolean defineRead() {
        boolean any = false;
        for (Entry entry : entries.values()) {
            if (entry.isRead && entry.value instanceof TraceType.Nothing) {
                entry.value = Promotion.smallest(0, false);
                any = true;
            }
        }
        return any;
    }

    /** What is in it; {@link TraceType.Nothing} if that is not known. */
    TraceType value(String name) {
        Entry entry = entries.get(name);
        return entry == null ? UNKNOWN : entry.value;
    }

    /** The type of its keys; {@link TraceType.Nothing} if that is not known, or there are none. */
    TraceType key(String name) {
        Entry entry = entries.get(name);
        return entry == null ? UNKNOWN : entry.key;
    }

    /** Whether it has keys; empty if that is not known. */
    Optional<Boolean> isKeyed(String name) {
        Entry entry = entries.get(name);
        return entry == null ? Optional.empty() : entry.keyed;
    }

    /** It is used without a key. */
    void useWithoutKey(String name, Span span) {
        Entry entry = entry(name);
        if (entry.keyed.orElse(false)) {
            report.error(
                    span,
                    "@" + name
                            + " used as a map without an explicit key (scalar map), previously used with an explicit key"
                            + " (non-scalar map)");
        } else if (entry.keyed.isEmpty()) {
            entry.keyed = Optional.of(false);
            changed = true;
        }
    }

    /** It is used with a key of a type. */
    void useKey(String name, TraceType type, Span span) {
        Entry entry = entry(name);
        if (!entry.keyed.orElse(true)) {
            report.error(
                    span,
                    "@" + name
                            + " used as a map with an explicit key (non-scalar map), previously used without an explicit"
                            + " key (scalar map)");
            return;
        }
        if (entry.keyed.isEmpty()) {
            entry.keyed = Optional.of(true);
            changed = true;
        }
        Optional<TraceType> joined = Promotion.join(entry.key, type.asNumber());
        if (joined.isEmpty()) {
            report.error(
                    span,
                    "Argument mismatch for @" + name + ": trying to access with arguments: '" + TypeText.of(type)
                            + "' when map expects arguments: '" + TypeText.of(entry.key) + "'");
        } else if (!joined.get().equals(entry.key)) {
            entry.key = joined.get();
            changed = true;
        }
    }

    /** A value of a type is put into it. @return false if what is there does not go with that */
    boolean useValue(String name, TraceType type) {
        Entry entry = entry(name);
        Optional<TraceType> joined = Promotion.join(entry.value, type);
        if (joined.isPresent() && !joined.get().equals(entry.value)) {
            entry.value = joined.get();
            changed = true;
        }
        return joined.isPresent();
    }

    /** What is aggregated in it; {@link TraceType.Nothing} if that is not known. */
    TraceType argument(String name) {
        return entry(name).argument;
    }

    /** A number of a type is aggregated in it. @return false if those before do not go with it */
    boolean useArgument(String name, TraceType type) {
        Entry entry = entry(name);
        Optional<TraceType> joined = Promotion.join(entry.argument, type);
        joined.ifPresent(wider -> entry.argument = wider);
        return joined.isPresent();
    }

    /** Whether what {@code let} declared it as can have its values, which is reported if not. */
    void checkKind(String name, Span span) {
        Entry entry = entry(name);
        boolean counted = entry.value instanceof TraceType.Aggregation;
        entry.kind
                .filter(kind -> MapDeclarations.isPerCpu(kind) != counted)
                .ifPresent(kind -> report.error(
                        span,
                        "Incompatible map types. Type from declaration: " + MapDeclarations.name(kind)
                                + ". Type from value/key type: " + (counted ? "percpuhash" : "hash")));
    }

    /** Whether any program does something with it. */
    boolean isUsed(String name) {
        return entry(name).keyed.isPresent() || isDefined(name);
    }

    /** All maps that are defined, sorted by name. @param defaultEntries of those that do not say */
    List<MapShape> shapes(int defaultEntries) {
        List<MapShape> shapes = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (isDefined(name)) {
                shapes.add(new MapShape(
                        name,
                        entry.keyed.orElse(false) ? Optional.of(entry.key) : Optional.empty(),
                        entry.value,
                        entry.kind,
                        entry.entries.orElse(defaultEntries)));
            }
        });
        return List.copyOf(shapes);
    }

    private Entry entry(String name) {
        return entries.computeIfAbsent(name, n -> new Entry());
    }
}
