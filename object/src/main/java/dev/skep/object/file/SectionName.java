package dev.skep.object.file;

import dev.skep.object.elf.Elf64;
import dev.skep.object.elf.Section;
import dev.skep.object.map.MapSpec;
import java.util.Optional;

/** The section names that have a meaning of their own (tools/lib/bpf/libbpf_internal.h). */
final class SectionName {
    static final String TEXT = ".text";
    static final String MAPS = ".maps";
    static final String LEGACY_MAPS = "maps";
    static final String LICENSE = "license";
    static final String VERSION = "version";
    static final String KCONFIG = ".kconfig";
    static final String KSYMS = ".ksyms";
    static final String ARENA = ".addr_space.1";
    static final String STRUCT_OPS = ".struct_ops";
    static final String STRUCT_OPS_LINK = ".struct_ops.link";
    static final String BTF = ".BTF";
    static final String BTF_EXT = ".BTF.ext";

    private SectionName() {}

    /** The role of the map that stands for a section of globals; empty if the section is none, or has no bytes. */
    static Optional<MapSpec.Role> globalsRole(Section section) {
        if (section.size() == 0) {
            return Optional.empty();
        }
        return switch (section.type()) {
            case Elf64.SHT_PROGBITS -> {
                if (section.isExecutable()) {
                    yield Optional.empty();
                } else if (isOrStartsWith(section.name(), ".data")) {
                    yield Optional.of(MapSpec.Role.DATA);
                } else if (isOrStartsWith(section.name(), ".rodata")) {
                    yield Optional.of(MapSpec.Role.RODATA);
                }
                yield Optional.empty();
            }
            case Elf64.SHT_NOBITS ->
                isOrStartsWith(section.name(), ".bss") ? Optional.of(MapSpec.Role.BSS) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** True for the sections of kernel structures implemented by programs. */
    static boolean isStructOps(String name) {
        String bare = name.startsWith("?") ? name.substring(1) : name;
        return bare.equals(STRUCT_OPS) || bare.equals(STRUCT_OPS_LINK);
    }

    private static boolean isOrStartsWith(String name, String stem) {
        return name.equals(stem) || name.startsWith(stem + ".");
    }
}
