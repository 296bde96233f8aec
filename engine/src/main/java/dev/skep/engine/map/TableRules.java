package dev.skep.engine.map;

import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;

/**
 * In what the kernel's tables of devices, CPUs and sockets differ (kernel/bpf/devmap.c, cpumap.c, reuseport_array.c,
 * net/core/sock_map.c, net/xdp/xskmap.c, arraymap.c). Their values are what the user stored: there are no devices or sockets
 * behind them.
 *
 * @param anyOnly true if {@code BPF_ANY} is the only update flag
 * @param modeChecked true if {@code BPF_NOEXIST} and {@code BPF_EXIST} look at the entry; else {@code BPF_NOEXIST} is refused
 *     as for arrays
 * @param zeroDeletes true if storing a value whose first word is 0 empties the entry
 * @param deleteBeyond what deleting an index that is too large gives
 * @param deleteEmpty what deleting an empty entry gives
 * @param userLookup what the user's lookup of an entry with a 4-byte value gives; 0 for the value
 */
record TableRules(
        boolean anyOnly, boolean modeChecked, boolean zeroDeletes, int deleteBeyond, int deleteEmpty, int userLookup) {

    private static final TableRules DEVICES = new TableRules(false, false, true, Errno.EINVAL.negated(), 0, 0);
    private static final TableRules XDP_SOCKETS =
            new TableRules(false, true, false, Errno.EINVAL.negated(), 0, Errno.EOPNOTSUPP.negated());
    private static final TableRules SOCKETS =
            new TableRules(false, true, false, Errno.EINVAL.negated(), Errno.EINVAL.negated(), Errno.ENOSPC.negated());
    private static final TableRules REUSEPORT =
            new TableRules(false, true, false, Errno.E2BIG.negated(), Errno.ENOENT.negated(), Errno.ENOSPC.negated());
    private static final TableRules FILES =
            new TableRules(true, false, false, Errno.E2BIG.negated(), Errno.ENOENT.negated(), Errno.ENOTSUPP.negated());

    /** The rules of a kind of table. */
    static TableRules of(MapType type) {
        return switch (type) {
            case DEVMAP, CPUMAP -> DEVICES;
            case XSKMAP -> XDP_SOCKETS;
            case SOCKMAP -> SOCKETS;
            case REUSEPORT_SOCKARRAY -> REUSEPORT;
            case CGROUP_ARRAY -> FILES;
            default -> throw new IllegalArgumentException(type.uapiName() + " is no table");
        };
    }
}
