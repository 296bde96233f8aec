package dev.skep.object.link;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfExt;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One of the objects being linked, and where its parts went in the result. */
final class LinkUnit {
    final ElfFile elf;
    final Btf btf;
    final BtfExt btfExt;

    /** For each section the section of the result that it became part of, -1 if of none; and from which byte on. */
    final int[] newSection;

    final long[] newOffset;

    /** For each symbol its number in the result, -1 if it has none. */
    final int[] newSymbol;

    /** For each BTF id the id in the result; 0 for void and for what is left out. */
    final int[] newType;

    private final Map<String, Section> sections = new HashMap<>();

    /** From a variable's or function's BTF id to the name of the data section that BTF puts it in. */
    private final Map<Integer, String> dataSections = new HashMap<>();

    /** From names to BTF ids of variables and functions that are not static. */
    private final Map<String, Integer> globalTypes = new HashMap<>();

    LinkUnit(ElfFile elf) {
        this.elf = elf;
        this.btf = elf.section(".BTF")
                .filter(s -> s.size() > 0)
                .map(s -> Btf.read(s.content().toArray(), elf.where().section(".BTF")))
                .orElse(Btf.EMPTY);
        this.btfExt = elf.section(".BTF.ext")
                .filter(s -> s.size() > 0 && hasBtf())
                .map(s -> BtfExt.read(s.content().toArray(), btf, elf.where().section(".BTF.ext")))
                .orElse(BtfExt.EMPTY);
        newSection = new int[elf.sections().size()];
        Arrays.fill(newSection, -1);
        newOffset = new long[newSection.length];
        newSymbol = new int[elf.symbols().size()];
        Arrays.fill(newSymbol, -1);
        newType = new int[btf.typeCount()];
        elf.sections().forEach(section -> sections.putIfAbsent(section.name(), section));
        indexTypes();
    }

    /** The first section of this name. */
    Optional<Section> section(String name) {
        return Optional.ofNullable(sections.get(name));
    }

    private void indexTypes() {
        for (int id = 1; id < btf.typeCount(); id++) {
            BtfType type = btf.type(id);
            if (isGlobal(type)) {
                globalTypes.putIfAbsent(type.name(), id);
            } else if (type instanceof BtfType.DataSection section) {
                section.variables().forEach(v -> dataSections.putIfAbsent(v.type(), section.name()));
            }
        }
    }

    /** Variables and functions that other objects may mean by name. */
    static boolean isGlobal(BtfType type) {
        return switch (type) {
            case BtfType.Variable v -> v.linkage() != BtfType.Linkage.STATIC;
            case BtfType.Function f -> f.linkage() != BtfType.Linkage.STATIC;
            default -> false;
        };
    }

    boolean hasBtf() {
        return btf.typeCount() > 1;
    }

    String name() {
        return elf.where().source();
    }

    /** The BTF id that describes a global symbol, 0 if none does. */
    int typeOf(Symbol symbol) {
        return globalTypes.getOrDefault(symbol.name(), 0);
    }

    /** The data section that BTF puts a variable or function into, "" if none. */
    String dataSectionOf(int id) {
        return dataSections.getOrDefault(id, "");
    }

    InputException wrong(String problem, String advice) {
        return new InputException(elf.where(), problem, advice);
    }
}
