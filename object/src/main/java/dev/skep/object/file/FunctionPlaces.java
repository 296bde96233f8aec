package dev.skep.object.file;

import dev.skep.object.BpfObject;
import dev.skep.object.elf.Elf64;
import dev.skep.object.program.FunctionSpec;
import java.util.ArrayList;
import java.util.List;

/** The symbols of the functions of an object being written. */
final class FunctionPlaces {
    private final BpfObject object;
    private final SymbolPlaces symbols;
    private final List<Integer> numbers = new ArrayList<>();

    FunctionPlaces(BpfObject object, SymbolPlaces symbols) {
        this.object = object;
        this.symbols = symbols;
    }

    /** Adds all; the sections must be there. */
    void addSymbols() {
        for (FunctionSpec function : object.functions()) {
            boolean isStatic = function.linkage() == FunctionSpec.Linkage.STATIC;
            boolean isHidden = function.linkage() == FunctionSpec.Linkage.HIDDEN;
            numbers.add(symbols.addFunction(
                    function.name(),
                    function.section(),
                    function.sectionOffset(),
                    function.instructions().slotCount() * 8L,
                    isStatic ? Elf64.STB_LOCAL : Elf64.STB_GLOBAL,
                    isHidden ? Elf64.STV_HIDDEN : Elf64.STV_DEFAULT));
        }
    }

    FunctionSpec function(int index) {
        return object.functions().get(index);
    }

    /** The number of the function's symbol. */
    int symbol(int index) {
        return numbers.get(index);
    }

    /** The number of the symbol of the program with this name. */
    int programSymbol(String name) {
        return symbol(object.program(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no program '" + name + "'"))
                .function());
    }
}
