package dev.skep.object.file;

import dev.skep.object.Bytes;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Section;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.List;
import java.util.Optional;

/**
 * Makes maps of the sections of global variables: an array of one value that is the whole section (libbpf's
 * {@code bpf_object__init_global_data_maps}).
 */
final class GlobalsReader {
    /** {@code BPF_F_RDONLY_PROG} and {@code BPF_F_MMAPABLE} of linux/bpf.h. */
    private static final int BPF_F_RDONLY_PROG = 1 << 7;

    private static final int BPF_F_MMAPABLE = 1 << 10;

    private final ObjectInput input;
    private final Btf btf;

    GlobalsReader(ObjectInput input) {
        this.input = input;
        this.btf = input.btf();
    }

    /** Adds {@code .data*}, {@code .rodata*} and {@code .bss*} in the file's order, then {@code .kconfig}, then arena globals. */
    void readInto(ObjectMaps maps, Externs externs) {
        for (Section section : input.elf().sections()) {
            SectionName.globalsRole(section).ifPresent(role -> add(maps, section, role));
        }
        if (externs.kconfigSize() > 0) {
            maps.add(map(SectionName.KCONFIG, MapSpec.Role.KCONFIG, externs.kconfigSize(), Bytes.EMPTY));
        }
        input.elf()
                .section(SectionName.ARENA)
                .filter(s -> s.type() == Elf64.SHT_PROGBITS && s.size() > 0)
                .ifPresent(section -> arenaGlobals(maps, section));
    }

    private void add(ObjectMaps maps, Section section, MapSpec.Role role) {
        if (maps.named(section.name()).isPresent()) {
            throw input.wrong(
                    section.name(), "there are two sections of this name", "join them with `bpftool gen object`");
        }
        maps.addGlobals(map(section.name(), role, size(section), section.content()), section.index());
    }

    private int size(Section section) {
        if (section.size() > Integer.MAX_VALUE) {
            throw input.wrong(
                    section.name(),
                    "the global variables take " + section.size() + " bytes",
                    "a map's value has less than 2 GiB: use a larger number of map entries instead");
        }
        return (int) section.size();
    }

    private MapSpec map(String name, MapSpec.Role role, int size, Bytes contents) {
        int dataSection = btf.find(name, BtfType.DataSection.class).orElse(0);
        boolean readOnly = role == MapSpec.Role.RODATA || role == MapSpec.Role.KCONFIG;
        int flags = (readOnly ? BPF_F_RDONLY_PROG : 0) | (isVisible(dataSection) ? BPF_F_MMAPABLE : 0);
        return new MapSpec(
                name,
                role,
                MapType.ARRAY,
                4,
                size,
                1,
                flags,
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                dataSection,
                contents,
                List.of(),
                dataSection);
    }

    /** True if user space may see one of the variables: one that is neither static nor hidden (libbpf's map_is_mmapable). */
    private boolean isVisible(int dataSection) {
        return btf.type(dataSection) instanceof BtfType.DataSection section
                && section.variables().stream()
                        .anyMatch(place -> btf.type(place.type()) instanceof BtfType.Variable variable
                                && variable.linkage() != BtfType.Linkage.STATIC);
    }

    private void arenaGlobals(ObjectMaps maps, Section section) {
        if (maps.list().stream().noneMatch(m -> m.type() == MapType.ARENA)) {
            throw input.wrong(
                    section.name(),
                    "there are __arena variables, but no arena to put them in",
                    "declare a map of type BPF_MAP_TYPE_ARENA in SEC(\".maps\")");
        }
        int dataSection = btf.find(section.name(), BtfType.DataSection.class).orElse(0);
        MapSpec map = new MapSpec(
                section.name(),
                MapSpec.Role.ARENA_GLOBALS,
                MapType.ARENA,
                0,
                size(section),
                1,
                0,
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                dataSection,
                section.content(),
                List.of(),
                dataSection);
        maps.addGlobals(map, section.index());
    }
}
