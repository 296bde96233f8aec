package dev.skep;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayOfMaps;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.ProgramArray;
import dev.skep.lang.map.Slots;
import dev.skep.lang.program.Xdp;

/** Maps in a map, and a program that goes on with another. */
public final class Tables {
    /** A sum. */
    static final class Sum extends Struct {
        long packets;
    }

    static final HashMap<Integer, Long> even = new HashMap<>(2048);
    static final HashMap<Integer, Long> odd = new HashMap<>(2048);

    @Slots({"even", "odd"})
    static final ArrayOfMaps<HashMap<Integer, Long>> tables = new ArrayOfMaps<>(3, new HashMap<>(2048));

    @Slots("dropped")
    static final ProgramArray next = new ProgramArray(2);

    private Tables() {}

    @Xdp
    static int count(XdpContext context) {
        int length = context.length();
        HashMap<Integer, Long> table = tables.lookup(length % 3);
        if (table == null) {
            next.call(context, length & 1);
            return XdpAction.XDP_TX;
        }
        table.add(length, 1);
        Long packets = table.lookup(length);
        return packets != null && packets > 1 ? XdpAction.XDP_PASS : XdpAction.XDP_ABORTED;
    }

    @Xdp
    static int many(XdpContext context) {
        HashMap<Integer, Long> table = tables.lookup(0);
        if (table == null) {
            return XdpAction.XDP_ABORTED;
        }
        Sum sum = new Sum();
        table.forEach((length, packets) -> sum.packets += packets);
        return sum.packets > context.length() ? XdpAction.XDP_PASS : XdpAction.XDP_DROP;
    }

    @Xdp
    static int dropped(XdpContext context) {
        return XdpAction.XDP_DROP;
    }
}
