package dev.skep.object.link;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resolves symbols: local ones stay as they are; of several global ones of the same name a strong definition wins over weak
 * ones, the first weak one over later ones, any definition over a declaration; visibility is the strictest of all. As libbpf's {@code
 * linker_append_elf_sym}, except that there a use of a weak definition makes it strong, so that a strong one behind it is refused.
 */
final class SymbolMerger {
    private static final String RENAME_ONE = "rename one, make it static, or mark one __weak";

    /** Local symbols, and null where a global one is to be put in at the end. */
    private final List<Optional<Symbol>> symbols = new ArrayList<>();

    private final Map<String, GlobalSymbol> globals = new LinkedHashMap<>();
    /** The number of each merged section's own symbol. */
    private final Map<Integer, Integer> sectionSymbols = new HashMap<>();

    void append(LinkUnit unit) {
        for (Symbol symbol : unit.elf.symbols()) {
            boolean wasLeftOut = symbol.isDefined() && unit.newSection[symbol.section()] < 0;
            if (symbol.index() > 0 && !wasLeftOut) {
                unit.newSymbol[symbol.index()] = symbol.isGlobal() ? global(unit, symbol) : local(unit, symbol);
            }
        }
    }

    private int local(LinkUnit unit, Symbol symbol) {
        if (!symbol.isDefined()) {
            return add(symbol);
        }
        int section = unit.newSection[symbol.section()];
        if (symbol.type() == Elf64.STT_SECTION) {
            return sectionSymbols.computeIfAbsent(section, s -> add(place(symbol, s, 0)));
        }
        return add(place(symbol, section, symbol.value() + unit.newOffset[symbol.section()]));
    }

    /** Sections count from 1 in the file: the null section comes first. */
    private static Symbol place(Symbol s, int section, long value) {
        return new Symbol(0, s.name(), value, s.size(), s.binding(), s.type(), s.visibility(), section + 1);
    }

    private int add(Symbol symbol) {
        symbols.add(Optional.of(symbol));
        return symbols.size() - 1;
    }

    private int global(LinkUnit unit, Symbol symbol) {
        GlobalSymbol existing = globals.get(symbol.name());
        if (existing == null) {
            existing = new GlobalSymbol(symbols.size(), unit, symbol);
            globals.put(symbol.name(), existing);
            symbols.add(Optional.empty());
        } else {
            meet(existing, unit, symbol);
        }
        return existing.number;
    }

    private static void meet(GlobalSymbol existing, LinkUnit unit, Symbol symbol) {
        boolean isExtern = symbol.section() == Elf64.SHN_UNDEF;
        if (!isExtern && !existing.isExtern() && !existing.weak && !symbol.isWeak()) {
            throw unit.wrong("'" + symbol.name() + "' is already defined in " + existing.unit.name(), RENAME_ONE);
        }
        new DeclarationMatch(existing, unit, unit.typeOf(symbol)).require();
        existing.visibility = Math.max(existing.visibility, symbol.visibility());
        if (isExtern && existing.isExtern()) {
            // One object that cannot do without it is enough.
            existing.weak &= symbol.isWeak();
        } else if (!isExtern && (existing.isExtern() || !symbol.isWeak())) {
            existing.define(unit, symbol);
        }
    }

    Collection<GlobalSymbol> globals() {
        return globals.values();
    }

    Optional<GlobalSymbol> global(String name) {
        return Optional.ofNullable(globals.get(name));
    }

    /** All symbols of the result, by number. */
    List<Symbol> symbols() {
        List<Symbol> all = new ArrayList<>();
        symbols.forEach(s -> all.add(s.orElse(NONE)));
        globals.values().forEach(g -> all.set(g.number, place(g)));
        return all;
    }

    private static final Symbol NONE = new Symbol(0, "", 0, 0, 0, 0, 0, 0);

    private static Symbol place(GlobalSymbol global) {
        Symbol s = global.symbol;
        return s.isDefined()
                ? global.placed(global.unit.newSection[s.section()] + 1, global.unit.newOffset[s.section()] + s.value())
                : global.placed(s.section(), s.value());
    }
}
