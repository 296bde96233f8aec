import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayOfMaps;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.Slots;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.program.Xdp;

/**
 * Counts packets by EtherType in one of two tables. User space switches between them, and reads the one that is left at rest: a map
 * of maps.
 */
public final class MapInMap {
    static final HashMap<Character, Long> first = new HashMap<>(256);
    static final HashMap<Character, Long> second = new HashMap<>(256);

    @Slots({"first", "second"})
    static final ArrayOfMaps<HashMap<Character, Long>> tables = new ArrayOfMaps<>(2, new HashMap<>(256));

    /** Which table is counted in. */
    static int current;

    private MapInMap() {}

    @Xdp
    static int count(XdpContext context) {
        Ethernet ethernet = context.packet(0, Ethernet.class);
        HashMap<Character, Long> table = tables.lookup(current);
        if (ethernet != null && table != null) {
            table.add((char) ethernet.protocol, 1);
        }
        return XDP_PASS;
    }
}
