package dev.skep.trace.record;

import dev.skep.trace.print.Symbols;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Names of addresses, which are noted. Thread-safe: what is recorded is named while other things are printed. */
public final class NotingSymbols implements Symbols {
    private final Symbols symbols;
    private final Consumer<Entry.Fact> notes;

    /** @param notes gets the names */
    public NotingSymbols(Symbols symbols, Consumer<Entry.Fact> notes) {
        this.symbols = symbols;
        this.notes = notes;
    }

    @Override
    public synchronized Optional<Symbol> kernel(long address) {
        Optional<Symbol> found = symbols.kernel(address);
        notes.accept(new Entry.Name(OptionalInt.empty(), address, found));
        return found;
    }

    @Override
    public synchronized Optional<Symbol> user(int pid, long address) {
        Optional<Symbol> found = symbols.user(pid, address);
        notes.accept(new Entry.Name(OptionalInt.of(pid), address, found));
        return found;
    }
}
