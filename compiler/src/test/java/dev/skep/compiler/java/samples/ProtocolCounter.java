package dev.skep.compiler.java.samples;

import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.program.Xdp;

/** Counts the IPv4 packets of each protocol. */
public final class ProtocolCounter {
    static final HashMap<Integer, Long> packets = new HashMap<>(256);

    private ProtocolCounter() {}

    @Xdp
    static int count(XdpContext ctx) {
        Ethernet ethernet = ctx.packet(0, Ethernet.class);
        if (ethernet == null || ethernet.protocol != Ethernet.IPV4) {
            return XDP_PASS;
        }
        Ipv4 ip = ctx.packet(Ethernet.SIZE, Ipv4.class);
        if (ip != null) {
            packets.add((int) ip.protocol, 1);
        }
        return XDP_PASS;
    }
}
