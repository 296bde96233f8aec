package dev.skep.compiler.assembly;

import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.GlobalSection;
import dev.skep.compiler.unit.MapDeclaration;
import dev.skep.object.Bytes;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapSpec.Role;
import dev.skep.object.map.MapType;
import java.util.List;
import java.util.Optional;

/** Describes declared maps, and the maps that sections of globals become. */
final class MapAssembly {
    /** {@code BPF_F_RDONLY_PROG} of linux/bpf.h: programs cannot write it. */
    private static final int READ_ONLY_TO_PROGRAMS = 1 << 7;

    /** {@code BPF_F_MMAPABLE} of linux/bpf.h: user space may map it into memory, as it may all globals that it can name. */
    private static final int MAPPABLE = 1 << 10;

    private final TypeTable types;

    MapAssembly(TypeTable types) {
        this.types = types;
    }

    /** A declared map. */
    MapSpec declared(MapDeclaration map) {
        return declared(map, map.name());
    }

    private MapSpec declared(MapDeclaration map, String name) {
        boolean ofDescriptors = holdsDescriptors(map.type());
        return new MapSpec(
                name,
                Role.DECLARED,
                map.type(),
                map.key().map(CType::size).orElse(0),
                ofDescriptors ? Integer.BYTES : map.value().map(CType::size).orElse(0),
                map.maxEntries(),
                map.flags(),
                0,
                -1,
                map.pinning(),
                map.inner().map(inner -> declared(inner, name + ".inner")),
                ofDescriptors ? 0 : map.key().map(types::id).orElse(0),
                ofDescriptors ? 0 : map.value().map(types::id).orElse(0),
                Bytes.EMPTY,
                map.values(),
                0);
    }

    /** True if user space puts file descriptors in: the value is 4 bytes, and the kernel refuses BTF for key and value. */
    private static boolean holdsDescriptors(MapType type) {
        return switch (type) {
            case PROG_ARRAY, PERF_EVENT_ARRAY, CGROUP_ARRAY, ARRAY_OF_MAPS, HASH_OF_MAPS -> true;
            default -> false;
        };
    }

    /**
     * The map of a section of globals, empty if it has no bytes.
     *
     * @throws IllegalArgumentException if the name is not that of globals, or {@code .bss} has contents
     */
    Optional<MapSpec> globals(GlobalSection section) {
        Role role = role(section.name());
        int size = Math.max(section.contents().length(), end(section.variables()));
        if (size == 0) {
            return Optional.empty();
        }
        int dataSection = dataSection(section, size);
        return Optional.of(new MapSpec(
                section.name(),
                role,
                MapType.ARRAY,
                Integer.BYTES,
                size,
                1,
                MAPPABLE | (role == Role.RODATA ? READ_ONLY_TO_PROGRAMS : 0),
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                dataSection,
                contents(section, role, size),
                List.of(),
                dataSection));
    }

    private static Role role(String section) {
        String stem = section.indexOf('.', 1) < 0 ? section : section.substring(0, section.indexOf('.', 1));
        return switch (stem) {
            case ".rodata" -> Role.RODATA;
            case ".data" -> Role.DATA;
            case ".bss" -> Role.BSS;
            default ->
                throw new IllegalArgumentException(
                        "globals lie in .rodata, .data or .bss (or .data.NAME), not in '" + section + "'");
        };
    }

    private static Bytes contents(GlobalSection section, Role role, int size) {
        if (role != Role.BSS) {
            return section.contents().length() == 0 ? Bytes.zeros(size) : section.contents();
        }
        if (section.contents().length() > 0) {
            throw new IllegalArgumentException(section.name() + " is all zero: it has no contents");
        }
        return Bytes.EMPTY;
    }

    private static int end(List<GlobalSection.Variable> variables) {
        return variables.stream()
                .mapToInt(v -> v.offset() + v.type().size())
                .max()
                .orElse(0);
    }

    private int dataSection(GlobalSection section, int size) {
        List<BtfType.SectionVariable> variables = section.variables().stream()
                .map(v -> new BtfType.SectionVariable(
                        types.variable(v.name(), v.type()), v.offset(), v.type().size()))
                .toList();
        return types.dataSection(section.name(), size, variables);
    }
}
