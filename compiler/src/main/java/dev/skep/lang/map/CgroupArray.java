package dev.skep.lang.map;

import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.context.SkBuff;

/**
 * Control groups (version 2) by numbers; user space puts them in. Since Linux 4.8.
 */
@MapKind("CGROUP_ARRAY")
public final class CgroupArray extends BpfMap {
    /** A map. @param maxEntries how many numbers there are, a constant */
    public CgroupArray(int maxEntries) {
        super(maxEntries);
    }

    /** Whether the current task is in the group at a number, or in one below. @return 1, 0, or a negative error number */
    @Helper("CURRENT_TASK_UNDER_CGROUP")
    public int currentTaskUnder(int index) {
        throw new NotInJavaException("currentTaskUnder");
    }

    /** Whether a packet's socket is in the group at a number, or in one below. @return 1, 0, or a negative error number */
    @Helper(value = "SKB_UNDER_CGROUP", receiver = 1)
    public int under(SkBuff packet, int index) {
        throw new NotInJavaException("under");
    }
}
