package dev.skep.object.file;

import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfWriter;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.StructOpsSpec;
import java.util.OptionalInt;

/**
 * Adds the sections that only BTF describes ({@code .maps}, {@code .struct_ops}), and the symbols of variables: libbpf wants one for
 * every global variable that BTF puts into a data section.
 */
final class DataSymbols {
    private static final int ALIGNMENT = 8;

    private final BpfObject object;
    private final Btf btf;
    private final ElfWriter elf;
    private final SymbolPlaces symbols;

    DataSymbols(BpfObject object, Btf btf, ElfWriter elf, SymbolPlaces symbols) {
        this.object = object;
        this.btf = btf;
        this.elf = elf;
        this.symbols = symbols;
    }

    /** The size that BTF gives a data section; empty if it says nothing of it. */
    static OptionalInt sizeOf(Btf btf, String section) {
        OptionalInt id = btf.find(section, BtfType.DataSection.class);
        return id.isPresent() && btf.type(id.getAsInt()) instanceof BtfType.DataSection s
                ? OptionalInt.of(s.size())
                : OptionalInt.empty();
    }

    void add() {
        for (int id = 1; id < btf.typeCount(); id++) {
            // Legacy maps are written to .maps: their old section is no more.
            if (btf.type(id) instanceof BtfType.DataSection section
                    && !section.name().equals(SectionName.LEGACY_MAPS)) {
                add(section);
            }
        }
        for (ExternSpec extern : object.externs()) {
            symbols.addExtern(extern.name(), extern.weak());
        }
    }

    private void add(BtfType.DataSection section) {
        boolean isOfExterns = section.variables().stream().noneMatch(v -> isGlobal(v.type()));
        if (section.size() > 0
                && !isOfExterns
                && symbols.findSection(section.name()).isEmpty()) {
            symbols.addSection(section.name(), addSection(section));
        }
        for (BtfType.SectionVariable place : section.variables()) {
            if (isGlobal(place.type()) && symbols.findSection(section.name()).isPresent()) {
                symbols.addVariable(btf.type(place.type()).name(), section.name(), place.offset(), place.size());
            }
        }
    }

    private int addSection(BtfType.DataSection section) {
        long flags = Elf64.SHF_ALLOC | Elf64.SHF_WRITE;
        // What lies in other sections is not known any more, since nothing refers to it.
        return isFilled(section.name())
                ? elf.section(section.name(), Elf64.SHT_PROGBITS, flags, ALIGNMENT, 0, Bytes.of(content(section)))
                : elf.zeroSection(section.name(), flags, ALIGNMENT, section.size());
    }

    private boolean isFilled(String section) {
        return section.equals(SectionName.MAPS)
                ? object.maps().stream().anyMatch(m -> m.role() == MapSpec.Role.DECLARED)
                : object.structOps().stream().anyMatch(ops -> ops.section().equals(section));
    }

    private boolean isGlobal(int id) {
        return btf.type(id) instanceof BtfType.Variable variable && variable.linkage() == BtfType.Linkage.GLOBAL;
    }

    private byte[] content(BtfType.DataSection section) {
        byte[] content = new byte[section.size()];
        for (BtfType.SectionVariable place : section.variables()) {
            String name = btf.type(place.type()).name();
            for (StructOpsSpec ops : object.structOps()) {
                if (ops.section().equals(section.name()) && ops.name().equals(name)) {
                    ops.data().copyTo(content, place.offset());
                }
            }
        }
        return content;
    }
}
