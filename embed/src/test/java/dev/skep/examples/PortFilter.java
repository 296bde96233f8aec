package dev.skep.examples;

import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.Configurable;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Tcp;
import dev.skep.lang.program.Xdp;

/** Drops TCP to a port, and counts what it dropped by port. */
public final class PortFilter {
    static final HashMap<Integer, Long> dropped = new HashMap<>(16);

    @Configurable
    static int closedPort = 23;

    private PortFilter() {}

    @Xdp
    static int filter(XdpContext context) {
        Ethernet ethernet = context.packet(0, Ethernet.class);
        Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
        if (ethernet == null || ip == null || ethernet.protocol != Ethernet.IPV4 || ip.protocol != Ipv4.TCP) {
            return XDP_PASS;
        }
        Tcp tcp = context.packet(Ethernet.SIZE + ip.headerLength(), Tcp.class);
        if (tcp == null || tcp.destination != closedPort) {
            return XDP_PASS;
        }
        dropped.add(closedPort, 1);
        return XDP_DROP;
    }
}
