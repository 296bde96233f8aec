package dev.skep.object.file;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Section;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.Optional;

/**
 * Reads the maps declared in {@code .maps}: each variable's type describes a map (libbpf's
 * {@code bpf_object__init_user_btf_maps}).
 */
final class BtfMapReader {
    private static final String ADVICE =
            "declare it as `struct { __uint(type, BPF_MAP_TYPE_...); ... } name SEC(\".maps\");`";

    private final ObjectInput input;
    private final Btf btf;

    BtfMapReader(ObjectInput input) {
        this.input = input;
        this.btf = input.btf();
    }

    void readInto(ObjectMaps maps) {
        Optional<Section> section = input.elf().section(SectionName.MAPS).filter(s -> s.size() > 0);
        if (section.isEmpty()) {
            return;
        }
        if (section.get().type() != Elf64.SHT_PROGBITS) {
            throw input.wrong(SectionName.MAPS, "the section has no content", "the file is corrupt: compile it again");
        }
        int id = btf.find(SectionName.MAPS, BtfType.DataSection.class)
                .orElseThrow(() -> input.wrong(
                        SectionName.MAPS, "there is no BTF that says what maps it holds", "compile with -g"));
        for (BtfType.SectionVariable place : ((BtfType.DataSection) btf.type(id)).variables()) {
            MapSpec map = read(place, section.get());
            if (maps.named(map.name()).isPresent()) {
                throw wrong(map.name(), "is declared twice", "rename one");
            }
            maps.addDeclared(map, section.get().index(), place.offset());
        }
        checkArenas(maps);
    }

    private MapSpec read(BtfType.SectionVariable place, Section section) {
        if (!(btf.type(place.type()) instanceof BtfType.Variable variable)
                || variable.name().isEmpty()) {
            throw input.wrong(SectionName.MAPS, "BTF type " + place.type() + " is no named variable", ADVICE);
        }
        String name = variable.name();
        if (place.offset() < 0 || place.size() < 0 || (long) place.offset() + place.size() > section.size()) {
            throw wrong(name, "lies outside the section", "the file is corrupt: compile it again");
        }
        switch (variable.linkage()) {
            case GLOBAL -> {}
            case STATIC ->
                throw wrong(name, "is static or hidden", "maps must be global: remove `static` or `__hidden`");
            case EXTERN -> throw wrong(name, "is only declared here (extern)", "link the object that defines it");
        }
        if (!(btf.type(btf.strip(variable.type())) instanceof BtfType.Composite definition) || definition.union()) {
            throw wrong(name, "is no struct", ADVICE);
        }
        if (definition.size() > place.size()) {
            throw wrong(name, "is larger than its variable", "the file is corrupt: compile it again");
        }
        return BtfMapDefinition.parse(btf, definition, name, input.where().section(SectionName.MAPS));
    }

    private void checkArenas(ObjectMaps maps) {
        Optional<String> first = Optional.empty();
        for (MapSpec map : maps.list()) {
            if (map.type() == MapType.ARENA) {
                if (first.isPresent()) {
                    throw wrong(
                            map.name(), "is a second arena beside '" + first.get() + "'", "an object has one arena");
                }
                first = Optional.of(map.name());
            }
        }
    }

    private InputException wrong(String map, String problem, String advice) {
        return input.wrong(SectionName.MAPS, "map '" + map + "' " + problem, advice);
    }
}
