package dev.skep.object.link;

import dev.skep.object.btf.BtfExt;
import dev.skep.object.btf.BtfExt.CoreRelocation;
import dev.skep.object.btf.BtfExt.FunctionInfo;
import dev.skep.object.btf.BtfExt.LineInfo;
import dev.skep.object.elf.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves what {@code .BTF.ext} says of code along with the code, grouped by section as the format wants it. */
final class BtfExtMerger {
    private final List<LinkUnit> units;
    private final int[] newIds;
    private final List<Records> bySection = new ArrayList<>();

    /** What is said of one section of the result. */
    private record Records(List<FunctionInfo> functions, List<LineInfo> lines, List<CoreRelocation> relocations) {
        Records() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /** @param newIds from the ids that {@code LinkUnit.newType} gives to those of the result */
    BtfExtMerger(List<LinkUnit> units, List<OutputSection> sections, int[] newIds) {
        this.units = units;
        this.newIds = newIds;
        sections.forEach(ignored -> bySection.add(new Records()));
    }

    BtfExt merge() {
        units.forEach(this::append);
        List<FunctionInfo> functions = new ArrayList<>();
        List<LineInfo> lines = new ArrayList<>();
        List<CoreRelocation> relocations = new ArrayList<>();
        for (Records records : bySection) {
            functions.addAll(records.functions());
            lines.addAll(records.lines());
            relocations.addAll(records.relocations());
        }
        return new BtfExt(functions, lines, relocations);
    }

    private void append(LinkUnit unit) {
        int[] ids = unit.newType;
        for (FunctionInfo f : unit.btfExt.functions()) {
            source(unit, f.section())
                    .ifPresent(s -> records(unit, s)
                            .functions()
                            .add(new FunctionInfo(s.name(), start(unit, s) + f.offset(), newIds[ids[f.typeId()]])));
        }
        for (LineInfo l : unit.btfExt.lines()) {
            source(unit, l.section())
                    .ifPresent(s -> records(unit, s)
                            .lines()
                            .add(new LineInfo(
                                    s.name(), start(unit, s) + l.offset(), l.file(), l.text(), l.line(), l.column())));
        }
        for (CoreRelocation r : unit.btfExt.coreRelocations()) {
            source(unit, r.section())
                    .ifPresent(s -> records(unit, s)
                            .relocations()
                            .add(new CoreRelocation(
                                    s.name(),
                                    start(unit, s) + r.offset(),
                                    newIds[ids[r.typeId()]],
                                    r.access(),
                                    r.kind())));
        }
    }

    private static Optional<Section> source(LinkUnit unit, String name) {
        return unit.section(name).filter(s -> unit.newSection[s.index()] >= 0);
    }

    private Records records(LinkUnit unit, Section section) {
        return bySection.get(unit.newSection[section.index()]);
    }

    private static int start(LinkUnit unit, Section section) {
        return (int) unit.newOffset[section.index()];
    }
}
