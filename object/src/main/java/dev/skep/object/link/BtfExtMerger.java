package dev.skep.object.link;

import dev.skep.object.btf.BtfExt;
import dev.skep.object.elf.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves what {@code .BTF.ext} says of code along with the code, grouped by section as the format wants it. */
final class BtfExtMerger {
    private final List<LinkUnit> units;
    private final List<OutputSection> sections;
    private final List<BtfExt.FunctionInfo> functions = new ArrayList<>();
    private final List<BtfExt.LineInfo> lines = new ArrayList<>();
    private final List<BtfExt.CoreRelocation> relocations = new ArrayList<>();

    BtfExtMerger(List<LinkUnit> units, List<OutputSection> sections) {
        this.units = units;
        this.sections = sections;
    }

    BtfExt merge() {
        for (int section = 0; section < sections.size(); section++) {
            for (LinkUnit unit : units) {
                append(unit, section);
            }
        }
        return new BtfExt(functions, lines, relocations);
    }

    private void append(LinkUnit unit, int section) {
        String name = sections.get(section).name();
        Optional<Section> source = unit.elf.section(name).filter(s -> unit.newSection[s.index()] == section);
        if (source.isEmpty()) {
            return;
        }
        int start = (int) unit.newOffset[source.get().index()];
        int[] ids = unit.newType;
        for (BtfExt.FunctionInfo f : unit.btfExt.functions()) {
            if (f.section().equals(name)) {
                functions.add(new BtfExt.FunctionInfo(name, start + f.offset(), ids[f.typeId()]));
            }
        }
        for (BtfExt.LineInfo l : unit.btfExt.lines()) {
            if (l.section().equals(name)) {
                lines.add(new BtfExt.LineInfo(name, start + l.offset(), l.file(), l.text(), l.line(), l.column()));
            }
        }
        for (BtfExt.CoreRelocation r : unit.btfExt.coreRelocations()) {
            if (r.section().equals(name)) {
                relocations.add(
                        new BtfExt.CoreRelocation(name, start + r.offset(), ids[r.typeId()], r.access(), r.kind()));
            }
        }
    }
}
