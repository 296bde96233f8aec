package dev.skep.object.link;

import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Joins the data sections of all objects' BTF, with the sizes and offsets that the result has. */
final class DataSectionMerger {
    private final List<LinkUnit> units;
    private final SymbolMerger symbols;
    private final List<OutputSection> sections;
    private final Map<String, List<BtfType.SectionVariable>> variables = new LinkedHashMap<>();

    DataSectionMerger(List<LinkUnit> units, SymbolMerger symbols, List<OutputSection> sections) {
        this.units = units;
        this.symbols = symbols;
        this.sections = sections;
    }

    void addTo(BtfBuilder types) {
        for (LinkUnit unit : units) {
            for (int id = 1; id < unit.btf.typeCount(); id++) {
                if (unit.btf.type(id) instanceof BtfType.DataSection section) {
                    append(unit, section);
                }
            }
        }
        Map<String, Integer> sizes = new HashMap<>();
        sections.forEach(section -> sizes.put(section.name(), (int) section.size()));
        variables.forEach((name, list) -> {
            if (sizes.containsKey(name) || !list.isEmpty()) {
                list.sort(Comparator.comparingInt(BtfType.SectionVariable::offset));
                types.add(new BtfType.DataSection(name, sizes.getOrDefault(name, 0), list));
            }
        });
    }

    private void append(LinkUnit unit, BtfType.DataSection section) {
        Optional<Section> bytes = unit.section(section.name());
        if (bytes.isPresent() && unit.newSection[bytes.get().index()] < 0) {
            return;
        }
        List<BtfType.SectionVariable> list = variables.computeIfAbsent(section.name(), ignored -> new ArrayList<>());
        for (BtfType.SectionVariable variable : section.variables()) {
            int id = unit.newType[variable.type()];
            long start = bytes.map(s -> unit.newOffset[s.index()]).orElse(0L);
            if (!LinkUnit.isGlobal(unit.btf.type(variable.type()))) {
                list.add(new BtfType.SectionVariable(id, (int) (start + variable.offset()), variable.size()));
                continue;
            }
            Optional<GlobalSymbol> global =
                    symbols.global(unit.btf.type(variable.type()).name());
            // The others are declarations, or definitions that were overridden.
            if (global.isPresent() && global.get().unit == unit && id != 0) {
                Symbol symbol = global.get().symbol;
                int offset = symbol.isDefined() ? (int) (start + symbol.value()) : variable.offset();
                list.add(new BtfType.SectionVariable(id, offset, variable.size()));
            }
        }
    }
}
