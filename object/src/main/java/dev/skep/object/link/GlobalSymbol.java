package dev.skep.object.link;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Symbol;

/** A name that all objects share, and what is known of it so far. */
final class GlobalSymbol {
    final String name;
    /** Its number among the symbols of the result. */
    final int number;

    /** The object whose symbol counts: the one that defines it, as far as any does. */
    LinkUnit unit;

    Symbol symbol;
    /** BTF id in {@code unit}, 0 if its BTF does not describe the symbol. */
    int type;

    boolean weak;
    int visibility;

    GlobalSymbol(int number, LinkUnit unit, Symbol symbol) {
        this.name = symbol.name();
        this.number = number;
        this.unit = unit;
        this.symbol = symbol;
        this.type = unit.typeOf(symbol);
        this.weak = symbol.isWeak();
        this.visibility = symbol.visibility();
    }

    boolean isExtern() {
        return symbol.section() == Elf64.SHN_UNDEF;
    }

    /** From now on {@code newSymbol} counts, a definition; visibility stays as it is. */
    void define(LinkUnit newUnit, Symbol newSymbol) {
        weak = newSymbol.isWeak();
        unit = newUnit;
        symbol = newSymbol;
        type = newUnit.typeOf(newSymbol);
    }

    /** The data section that BTF puts it into, "" if none. */
    String dataSection() {
        return unit.dataSectionOf(type);
    }

    /** As it stands in the result. */
    Symbol placed(int section, long value) {
        int binding = weak ? Elf64.STB_WEAK : Elf64.STB_GLOBAL;
        return new Symbol(0, name, value, symbol.size(), binding, symbol.type(), visibility, section);
    }
}
