package dev.skep.compiler.java.samples;

import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.ArrayOfMaps;
import dev.skep.lang.map.CpuMap;
import dev.skep.lang.map.DeviceHashMap;
import dev.skep.lang.map.DeviceMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.HashOfMaps;
import dev.skep.lang.map.MapFlags;
import dev.skep.lang.map.Pinned;
import dev.skep.lang.map.ProgramArray;
import dev.skep.lang.map.Slots;
import dev.skep.lang.map.XskMap;
import dev.skep.lang.program.Xdp;

/** Maps that hold more than values: maps, programs, interfaces. */
public final class MapKinds {
    static final HashMap<Integer, Long> low = new HashMap<>(8);
    static final HashMap<Integer, Long> high = new HashMap<>(8);

    @Slots({"low", "", "high"})
    static final ArrayOfMaps<HashMap<Integer, Long>> tables = new ArrayOfMaps<>(3, new HashMap<>(8));

    static final HashOfMaps<Integer, ArrayMap<Long>> tenants = new HashOfMaps<>(4, new ArrayMap<>(2));

    @Slots({"", "counted"})
    static final ProgramArray programs = new ProgramArray(2);

    static final DeviceMap devices = new DeviceMap(4);
    static final DeviceHashMap byIndex = new DeviceHashMap(4);
    static final CpuMap processors = new CpuMap(2);
    static final XskMap userSpace = new XskMap(2);

    @Pinned
    @MapFlags(MapFlags.NO_PREALLOC)
    static final HashMap<Integer, Integer> shared = new HashMap<>(4);

    private MapKinds() {}

    @Xdp
    static int inner(XdpContext context) {
        int length = context.length();
        HashMap<Integer, Long> table = tables.lookup(length < 100 ? 0 : length < 200 ? 1 : 2);
        if (table == null) {
            return XdpAction.XDP_DROP;
        }
        table.add(length, 1);
        ArrayMap<Long> tenant = tenants.lookup(context.rx_queue_index);
        if (tenant != null) {
            tenant.add(1, length);
        }
        return XdpAction.XDP_PASS;
    }

    @Xdp
    static int continues(XdpContext context) {
        programs.call(context, context.length() < 100 ? 0 : 1);
        return XdpAction.XDP_TX;
    }

    @Xdp
    static int counted(XdpContext context) {
        return XdpAction.XDP_DROP;
    }

    @Xdp
    static int redirect(XdpContext context) {
        return switch (context.length() & 3) {
            case 0 -> devices.redirect(1, XdpAction.XDP_PASS);
            case 1 -> byIndex.redirect(context.ingress_ifindex, XdpAction.XDP_DROP);
            case 2 -> processors.redirect(0, 0);
            default -> userSpace.redirect(context.rx_queue_index, XdpAction.XDP_PASS);
        };
    }
}
