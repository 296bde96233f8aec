package dev.skep.object.file;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Relocation;
import dev.skep.object.elf.Section;
import dev.skep.object.elf.Symbol;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapSpec.InitialSlot;
import dev.skep.object.program.ProgramSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code .values = { [i] = &map_or_program }} initialisers: relocations of {@code .maps} that lie in a map's last member
 * (libbpf's {@code bpf_object__collect_map_relos}).
 */
final class MapValuesReader {
    private static final int POINTER = 8;

    private final ObjectInput input;
    private final ObjectFunctions functions;
    private final ObjectMaps maps;

    MapValuesReader(ObjectInput input, ObjectFunctions functions, ObjectMaps maps) {
        this.input = input;
        this.functions = functions;
        this.maps = maps;
    }

    void read() {
        Btf btf = input.btf();
        Optional<Section> section = input.elf().section(SectionName.MAPS).filter(s -> s.size() > 0);
        int id = btf.find(SectionName.MAPS, BtfType.DataSection.class).orElse(0);
        if (section.isEmpty() || !(btf.type(id) instanceof BtfType.DataSection declarations)) {
            return;
        }
        List<BtfType.SectionVariable> places = declarations.variables();
        Map<String, List<InitialSlot>> slots = new HashMap<>();
        int at = 0;
        for (Relocation relocation : section.get().relocations()) {
            while (at < places.size() && relocation.offset() >= end(places.get(at))) {
                at++;
            }
            if (at == places.size() || relocation.offset() < places.get(at).offset()) {
                throw wrong(
                        "a relocation at byte " + relocation.offset() + " lies in no map", "compile the file again");
            }
            BtfType.SectionVariable place = places.get(at);
            MapSpec map = maps.declaredAt(section.get().index(), place.offset()).orElseThrow();
            slots.computeIfAbsent(map.name(), ignored -> new ArrayList<>()).add(slot(map, place, relocation));
        }
        slots.forEach(
                (name, values) -> maps.replace(maps.named(name).orElseThrow().withValues(values)));
    }

    private static long end(BtfType.SectionVariable place) {
        return (long) place.offset() + place.size();
    }

    private InitialSlot slot(MapSpec map, BtfType.SectionVariable place, Relocation relocation) {
        Btf btf = input.btf();
        BtfType.Variable variable = (BtfType.Variable) btf.type(place.type());
        List<BtfType.Member> members = ((BtfType.Composite) btf.type(btf.strip(variable.type()))).members();
        BtfType.Member last = members.getLast();
        long distance = relocation.offset() - place.offset() - last.bitOffset() / 8;
        if (!last.name().equals("values") || distance < 0 || distance % POINTER != 0) {
            throw wrong("map '" + map.name() + "' is initialised outside its 'values'", "use .values = { [i] = &x }");
        }
        long index = distance / POINTER;
        if (index >= Integer.toUnsignedLong(map.maxEntries())) {
            throw wrong(
                    "map '" + map.name() + "' has " + map.maxEntries() + " entries, but slot " + index
                            + " is initialised",
                    "raise max_entries");
        }
        Symbol symbol = input.elf().symbols().get(relocation.symbol());
        return new InitialSlot((int) index, target(map, symbol));
    }

    private String target(MapSpec map, Symbol symbol) {
        if (BtfMapDefinition.isMapOfMaps(map.type().number())) {
            return maps.declaredAt(symbol.section(), symbol.value())
                    .orElseThrow(() -> wrong(
                            "map '" + map.name() + "' is to hold '"
                                    + input.elf().nameOf(symbol) + "', which is no map",
                            "declare it in SEC(\".maps\")"))
                    .name();
        }
        return functions
                .programAt(symbol.section(), symbol.value())
                .map(ProgramSpec::name)
                .orElseThrow(() -> wrong(
                        "map '" + map.name() + "' is to hold '" + input.elf().nameOf(symbol) + "', which is no program",
                        "only functions in a program section can be called by bpf_tail_call"));
    }

    private InputException wrong(String problem, String advice) {
        return input.wrong(SectionName.MAPS, problem, advice);
    }
}
