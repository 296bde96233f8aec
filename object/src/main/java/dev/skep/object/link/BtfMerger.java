package dev.skep.object.link;

import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfExt;
import dev.skep.object.btf.BtfSections;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.TypeReferences;
import dev.skep.object.btf.dedup.BtfDeduplicator;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges the BTF of all objects: types one after the other, global variables and functions once, as the object says that
 * defines them; data sections joined; what {@code .BTF.ext} says moved along with the code (libbpf's {@code linker_append_btf}).
 */
final class BtfMerger {
    private static final int ALIGNMENT = 8;

    private final List<LinkUnit> units;
    private final SymbolMerger symbols;
    private final List<OutputSection> sections;
    private final BtfBuilder types = new BtfBuilder();
    private final Map<GlobalSymbol, Integer> idOfGlobal = new HashMap<>();

    BtfMerger(List<LinkUnit> units, SymbolMerger symbols, List<OutputSection> sections) {
        this.units = units;
        this.symbols = symbols;
        this.sections = sections;
    }

    /** Adds the sections {@code .BTF} and {@code .BTF.ext}, if any object has them. */
    void addTo(ElfWriter writer) {
        if (units.stream().noneMatch(LinkUnit::hasBtf)) {
            return;
        }
        units.forEach(this::append);
        idOfGlobal.forEach(this::describe);
        units.forEach(this::nameParameters);
        new DataSectionMerger(units, symbols, sections).addTo(types);
        BtfDeduplicator.Result unique = BtfDeduplicator.deduplicate(types.build());
        BtfExt ext = new BtfExtMerger(units, sections, unique.newIds()).merge();
        BtfSections written = BtfSections.write(unique.btf(), ext);
        writer.section(".BTF", Elf64.SHT_PROGBITS, 0, ALIGNMENT, 0, written.btf());
        // libbpf takes a .BTF.ext that says nothing for corrupt.
        if (!ext.equals(BtfExt.EMPTY)) {
            writer.section(".BTF.ext", Elf64.SHT_PROGBITS, 0, ALIGNMENT, 0, written.ext());
        }
    }

    private void append(LinkUnit unit) {
        int[] ids = unit.newType;
        List<BtfType> added = new ArrayList<>();
        for (int id = 1; id < ids.length; id++) {
            BtfType type = unit.btf.type(id);
            Optional<Integer> known = known(unit, type);
            if (known.isPresent()) {
                ids[id] = known.get();
                continue;
            }
            ids[id] = types.typeCount() + added.size();
            added.add(type);
            if (LinkUnit.isGlobal(type)) {
                idOfGlobal.put(symbols.global(type.name()).orElseThrow(), ids[id]);
            }
        }
        added.forEach(type -> types.add(TypeReferences.map(type, old -> ids[old])));
    }

    /** The id that a type has already; 0 if it is to be left out; empty if it is to be added. */
    private Optional<Integer> known(LinkUnit unit, BtfType type) {
        if (type instanceof BtfType.DataSection || isTagOfLeftOut(unit, type)) {
            return Optional.of(0);
        }
        if (!LinkUnit.isGlobal(type)) {
            return Optional.empty();
        }
        // Without a symbol nothing can refer to it: the second license, for example.
        Optional<GlobalSymbol> global = symbols.global(type.name());
        return global.isEmpty() ? Optional.of(0) : global.map(idOfGlobal::get);
    }

    private boolean isTagOfLeftOut(LinkUnit unit, BtfType type) {
        return type instanceof BtfType.DeclarationTag tag
                && LinkUnit.isGlobal(unit.btf.type(tag.target()))
                && symbols.global(unit.btf.type(tag.target()).name()).isEmpty();
    }

    /** Puts the type of the object that won in the place of the first one met. */
    private void describe(GlobalSymbol global, int id) {
        if (global.type != 0) {
            BtfType type = global.unit.btf.type(global.type);
            types.set(id, TypeReferences.map(type, old -> global.unit.newType[old]));
        }
    }

    /**
     * Compilers leave out the names of parameters in declarations; with the names of the definition both prototypes are
     * the same type.
     */
    private void nameParameters(LinkUnit unit) {
        for (int id = 1; id < unit.btf.typeCount(); id++) {
            if (unit.btf.type(id) instanceof BtfType.Function declared
                    && declared.linkage() == BtfType.Linkage.EXTERN
                    && types.type(unit.newType[declared.prototype()]) instanceof BtfType.FunctionPrototype here) {
                symbols.global(declared.name())
                        .flatMap(BtfMerger::prototype)
                        .filter(there ->
                                there.parameters().size() == here.parameters().size())
                        .ifPresent(there -> types.set(unit.newType[declared.prototype()], named(here, there)));
            }
        }
    }

    private static Optional<BtfType.FunctionPrototype> prototype(GlobalSymbol global) {
        return global.unit.btf.type(global.type) instanceof BtfType.Function function
                        && global.unit.btf.type(function.prototype()) instanceof BtfType.FunctionPrototype prototype
                ? Optional.of(prototype)
                : Optional.empty();
    }

    private static BtfType.FunctionPrototype named(BtfType.FunctionPrototype here, BtfType.FunctionPrototype there) {
        List<BtfType.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < here.parameters().size(); i++) {
            parameters.add(new BtfType.Parameter(
                    there.parameters().get(i).name(), here.parameters().get(i).type()));
        }
        return new BtfType.FunctionPrototype(here.returnType(), parameters, here.variadic());
    }
}
