package dev.skep.object.file;

import dev.skep.object.BpfObject;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.ElfWriter;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.StructOpsSpec;
import java.util.List;

/** Writes the pointers in data as relocations: initial slots of maps, and the functions of kernel structures. */
final class PointerWriter {
    private static final int POINTER = 8;

    private final BpfObject object;
    private final Btf btf;
    private final ElfWriter elf;
    private final SymbolPlaces symbols;
    private final FunctionPlaces functions;

    PointerWriter(BpfObject object, Btf btf, ElfWriter elf, SymbolPlaces symbols, FunctionPlaces functions) {
        this.object = object;
        this.btf = btf;
        this.elf = elf;
        this.symbols = symbols;
        this.functions = functions;
    }

    void addRelocations() {
        for (MapSpec map : object.maps()) {
            if (!map.values().isEmpty()) {
                addSlots(map);
            }
        }
        for (StructOpsSpec ops : object.structOps()) {
            int start = place(ops.section(), ops.name()).offset();
            for (StructOpsSpec.Member member : ops.members()) {
                relocate(ops.section(), start + (long) member.offset(), functions.programSymbol(member.program()));
            }
        }
    }

    private void addSlots(MapSpec map) {
        BtfType.SectionVariable place = place(SectionName.MAPS, map.name());
        BtfType.Variable variable = (BtfType.Variable) btf.type(place.type());
        List<BtfType.Member> members = ((BtfType.Composite) btf.type(btf.strip(variable.type()))).members();
        long start = place.offset() + members.getLast().bitOffset() / 8L;
        for (MapSpec.InitialSlot slot : map.values()) {
            int symbol =
                    map.inner().isPresent() ? symbols.global(slot.target()) : functions.programSymbol(slot.target());
            relocate(SectionName.MAPS, start + (long) slot.index() * POINTER, symbol);
        }
    }

    private BtfType.SectionVariable place(String section, String name) {
        BtfType.DataSection data = (BtfType.DataSection)
                btf.type(btf.find(section, BtfType.DataSection.class).orElseThrow());
        return data.variables().stream()
                .filter(v -> btf.type(v.type()).name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void relocate(String section, long offset, int symbol) {
        elf.relocation(symbols.section(section), offset, Elf64.R_BPF_64_ABS64, symbol);
    }
}
