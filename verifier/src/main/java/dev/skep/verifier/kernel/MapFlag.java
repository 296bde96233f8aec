package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Flags of map creation ({@code BPF_F_*}, include/uapi/linux/bpf.h) with the first kernel that knows them, by the history of that
 * file; docs.ebpf.io's {@code feature-versions.yaml} says the same up to 6.9.
 */
public enum MapFlag {
    NO_PREALLOC(0, "4.6"),
    NO_COMMON_LRU(1, "4.10"),
    NUMA_NODE(2, "4.14"),
    RDONLY(3, "4.15"),
    WRONLY(4, "4.15"),
    STACK_BUILD_ID(5, "4.17"),
    ZERO_SEED(6, "5.0"),
    RDONLY_PROG(7, "5.2"),
    WRONLY_PROG(8, "5.2"),
    CLONE(9, "5.4"),
    MMAPABLE(10, "5.5"),
    PRESERVE_ELEMS(11, "5.10"),
    INNER_MAP(12, "5.10"),
    LINK(13, "6.4"),
    VTYPE_BTF_OBJ_FD(15, "6.9"),
    TOKEN_FD(16, "6.9"),
    SEGV_ON_FAULT(17, "6.9"),
    NO_USER_CONV(18, "6.9"),
    RB_OVERWRITE(19, "6.19");

    private final int bit;
    private final KernelVersion since;

    MapFlag(int bit, String since) {
        this.bit = bit;
        this.since = KernelVersion.of(since);
    }

    /** The first kernel that takes it; older ones refuse to make the map with EINVAL. */
    public KernelVersion since() {
        return since;
    }

    /** The flags that are set in {@code flags}; bits that no kernel knows are left out. */
    public static List<MapFlag> of(int flags) {
        List<MapFlag> set = new ArrayList<>();
        for (MapFlag flag : values()) {
            if ((flags >>> flag.bit & 1) != 0) {
                set.add(flag);
            }
        }
        return set;
    }
}
