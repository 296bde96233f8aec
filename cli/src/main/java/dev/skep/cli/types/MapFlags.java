package dev.skep.cli.types;

import java.util.ArrayList;
import java.util.List;

/** Names of map creation flags: the {@code BPF_F_*} of linux/bpf.h (6.18) that {@code BPF_MAP_CREATE} takes, by bit. */
public final class MapFlags {
    private static final List<String> NAMES = List.of(
            "NO_PREALLOC",
            "NO_COMMON_LRU",
            "NUMA_NODE",
            "RDONLY",
            "WRONLY",
            "STACK_BUILD_ID",
            "ZERO_SEED",
            "RDONLY_PROG",
            "WRONLY_PROG",
            "CLONE",
            "MMAPABLE",
            "PRESERVE_ELEMS",
            "INNER_MAP",
            "LINK",
            "PATH_FD",
            "VTYPE_BTF_OBJ_FD",
            "TOKEN_FD",
            "SEGV_ON_FAULT",
            "NO_USER_CONV",
            "RB_OVERWRITE");

    private MapFlags() {}

    /** The names of the flags that are set, without {@code BPF_F_}; a bit without a name as a number. */
    public static List<String> names(int flags) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((flags & (1 << bit)) != 0) {
                names.add(bit < NAMES.size() ? NAMES.get(bit) : "0x" + Integer.toHexString(1 << bit));
            }
        }
        return names;
    }
}
