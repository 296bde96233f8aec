package dev.skep.replay;

import dev.skep.trace.print.Symbols;
import dev.skep.trace.record.Entry;
import dev.skep.trace.record.Recording;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Names of addresses that a recording has. */
final class RecordedNames implements Symbols {
    private record Place(OptionalInt pid, long address) {}

    private final Map<Place, Optional<Symbol>> names = new HashMap<>();
    private final Missing missing;

    RecordedNames(Recording recording, Missing missing) {
        this.missing = missing;
        for (Entry.Fact fact : recording.facts()) {
            if (fact instanceof Entry.Name(OptionalInt pid, long address, Optional<Symbol> symbol)) {
                // A process that has ended since then has no names any more.
                names.merge(new Place(pid, address), symbol, (old, later) -> later.or(() -> old));
            }
        }
    }

    private Optional<Symbol> find(OptionalInt pid, long address) {
        Optional<Symbol> found = names.get(new Place(pid, address));
        if (found == null) {
            missing.count("name of an address");
        }
        return Objects.requireNonNullElse(found, Optional.empty());
    }

    @Override
    public Optional<Symbol> kernel(long address) {
        return find(OptionalInt.empty(), address);
    }

    @Override
    public Optional<Symbol> user(int pid, long address) {
        return find(OptionalInt.of(pid), address);
    }
}
