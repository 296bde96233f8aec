package dev.skep.linux.info;

import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a map that is there already (pinned by an earlier run) can serve as the one an object wants. The rules are libbpf's: type,
 * sizes, number of entries, flags and {@code map_extra} have to be the same; names and BTF types do not matter.
 */
public final class MapDifferences {
    private static final int BPF_F_RDONLY_PROG = 1 << 7; // linux/bpf.h
    private static final int BPF_F_MMAPABLE = 1 << 10;

    private MapDifferences() {}

    /**
     * What differs, each in words: {@code value size is 16, wanted 24}. Empty if the map will do.
     *
     * @param there what the kernel says of the map that is there
     * @param wanted what the object says, with the number of entries as it would be created
     */
    public static List<String> between(MapInfo there, MapSpec wanted) {
        List<String> differences = new ArrayList<>();
        if (there.typeNumber() != wanted.type().number()) {
            differences.add("type is " + there.type().map(MapType::name).orElse("number " + there.typeNumber())
                    + ", wanted " + wanted.type());
        }
        compare(differences, "key size", there.keySize(), wanted.keySize());
        compare(differences, "value size", there.valueSize(), wanted.valueSize());
        compare(differences, "max_entries", there.maxEntries(), wanted.maxEntries());
        if (!sameFlags(there, wanted)) {
            differences.add("flags are 0x" + Integer.toHexString(there.flags()) + ", wanted 0x"
                    + Integer.toHexString(wanted.flags()));
        }
        if (there.mapExtra() != wanted.mapExtra()) {
            differences.add("map_extra is " + Long.toUnsignedString(there.mapExtra()) + ", wanted "
                    + Long.toUnsignedString(wanted.mapExtra()));
        }
        return List.copyOf(differences);
    }

    private static void compare(List<String> differences, String what, int there, int wanted) {
        if (there != wanted) {
            differences.add(
                    what + " is " + Integer.toUnsignedString(there) + ", wanted " + Integer.toUnsignedString(wanted));
        }
    }

    private static boolean sameFlags(MapInfo there, MapSpec wanted) {
        int ignored = switch (wanted.type()) {
            // The kernel sets it by itself for these; asking for it is refused.
            case DEVMAP, DEVMAP_HASH -> BPF_F_RDONLY_PROG;
            // Whether a map of globals can be mapped into memory depends on who created it, not on what it is.
            case ARRAY -> wanted.role() == MapSpec.Role.DECLARED ? 0 : BPF_F_MMAPABLE;
            default -> 0;
        };
        return (there.flags() & ~ignored) == (wanted.flags() & ~ignored);
    }
}
