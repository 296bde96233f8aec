package dev.skep.linux.load;

import dev.skep.object.map.MapSpec;

/** What maps are called in the kernel (libbpf's {@code internal_map_name}). */
final class MapNames {
    private static final int LONGEST = 15; // BPF_OBJ_NAME_LEN of linux/bpf.h, without the zero byte
    private static final int LONGEST_USUAL_SECTION = 7; // ".rodata"

    private MapNames() {}

    /** Maps of globals carry the object's name, as far as there is room: {@code firewall.rodata}. */
    static String inKernel(MapSpec map, String object) {
        return switch (map.role()) {
            case RODATA, DATA, BSS, KCONFIG -> globals(map.name(), object);
            default -> cut(map.name());
        };
    }

    private static String globals(String section, String object) {
        String name = cut(section);
        if (section.indexOf('.', 1) > 0) { // a section of the user's own, such as .data.counters, stands for itself
            return sane(name);
        }
        int room = LONGEST - Math.max(LONGEST_USUAL_SECTION, name.length());
        return sane(cut(object.substring(0, Math.min(Math.max(0, room), object.length())) + name));
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(LONGEST, name.length()));
    }

    /** The kernel takes letters, digits, underscores and dots. */
    static String sane(String name) {
        return name.replaceAll("[^A-Za-z0-9_.]", "_");
    }
}
