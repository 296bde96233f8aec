package dev.skep.object.file;

import dev.skep.object.btf.BtfExt;
import dev.skep.object.program.FunctionSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What {@code .BTF.ext} says, arranged so that what concerns one function is found quickly. */
final class CodeNotes {
    private static final int SLOT = ObjectInput.SLOT;

    /** Types of functions, by section and offset. */
    private final Map<String, Map<Integer, Integer>> types = new HashMap<>();

    private final Map<String, NavigableMap<Integer, BtfExt.LineInfo>> lines = new HashMap<>();
    private final Map<String, List<BtfExt.CoreRelocation>> relocations = new HashMap<>();

    CodeNotes(BtfExt ext) {
        for (BtfExt.FunctionInfo info : ext.functions()) {
            types.computeIfAbsent(info.section(), ignored -> new HashMap<>()).put(info.offset(), info.typeId());
        }
        for (BtfExt.LineInfo line : ext.lines()) {
            lines.computeIfAbsent(line.section(), ignored -> new TreeMap<>()).put(line.offset(), line);
        }
        for (BtfExt.CoreRelocation relocation : ext.coreRelocations()) {
            relocations
                    .computeIfAbsent(relocation.section(), ignored -> new ArrayList<>())
                    .add(relocation);
        }
        relocations.values().forEach(list -> list.sort(Comparator.comparingInt(BtfExt.CoreRelocation::offset)));
    }

    /** The notes of functions, as a file holds them. @param functions by section, by offset */
    static BtfExt collect(Map<String, List<FunctionSpec>> functions) {
        List<BtfExt.FunctionInfo> infos = new ArrayList<>();
        List<BtfExt.LineInfo> lines = new ArrayList<>();
        List<BtfExt.CoreRelocation> sites = new ArrayList<>();
        functions.forEach((section, list) -> list.forEach(f -> {
            int start = f.sectionOffset();
            if (f.typeId() != 0) {
                infos.add(new BtfExt.FunctionInfo(section, start, f.typeId()));
            }
            f.lines()
                    .forEach(l -> lines.add(new BtfExt.LineInfo(
                            section, start + l.slot() * SLOT, l.file(), l.text(), l.line(), l.column())));
            f.coreRelocations().forEach(site -> sites.add(relocation(section, start, site)));
        }));
        return new BtfExt(infos, lines, sites);
    }

    private static BtfExt.CoreRelocation relocation(String section, int start, FunctionSpec.CoreSite site) {
        BtfExt.CoreRelocation r = site.relocation();
        return new BtfExt.CoreRelocation(section, start + site.slot() * SLOT, r.typeId(), r.access(), r.kind());
    }

    /** The id of the BTF function that starts there, 0 if none is said to. */
    int typeAt(String section, int offset) {
        return types.getOrDefault(section, Map.of()).getOrDefault(offset, 0);
    }

    /** The lines of the function that lies there. */
    List<FunctionSpec.Line> linesOf(String section, int offset, int length) {
        NavigableMap<Integer, BtfExt.LineInfo> all = lines.get(section);
        if (all == null) {
            return List.of();
        }
        List<FunctionSpec.Line> found = new ArrayList<>();
        for (BtfExt.LineInfo line : all.subMap(offset, offset + length).values()) {
            int slot = (line.offset() - offset) / SLOT;
            found.add(new FunctionSpec.Line(slot, line.file(), line.line(), line.column(), line.text()));
        }
        return found;
    }

    /** The CO-RE relocations of the function that lies there, by slot. */
    List<FunctionSpec.CoreSite> coreSitesOf(String section, int offset, int length) {
        List<BtfExt.CoreRelocation> all = relocations.getOrDefault(section, List.of());
        List<FunctionSpec.CoreSite> found = new ArrayList<>();
        int first = SortedSearch.firstFrom(all, BtfExt.CoreRelocation::offset, offset);
        for (int i = first; i < all.size() && all.get(i).offset() < offset + length; i++) {
            found.add(new FunctionSpec.CoreSite((all.get(i).offset() - offset) / SLOT, all.get(i)));
        }
        return found;
    }
}
