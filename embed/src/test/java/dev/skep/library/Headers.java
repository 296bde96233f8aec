package dev.skep.library;

import static dev.skep.lang.context.TcAction.TC_ACT_OK;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.Struct;
import dev.skep.lang.context.PacketContext;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.net.Arp;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Gre;
import dev.skep.lang.net.Icmp;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Ipv6;
import dev.skep.lang.net.PacketCursor;
import dev.skep.lang.net.Tcp;
import dev.skep.lang.net.Udp;
import dev.skep.lang.net.Vxlan;
import dev.skep.lang.program.Tc;
import dev.skep.lang.program.Xdp;

/** Says what a packet is, by a cursor that passes over its headers. */
public final class Headers {
    /** What it is. */
    public static final class Description extends Struct {
        public int vlan;
        public int network;
        public int source;
        public int transport;
        public int destinationPort;
        public int flags;
        public int end;
        public int innerVlan;
        public int innerSource;
        public int tunnel;
    }

    static final ArrayMap<Description> descriptions = new ArrayMap<>(1);

    private Headers() {}

    @Xdp
    static int arriving(XdpContext context) {
        describe(context);
        return XDP_PASS;
    }

    @Tc
    static int passing(SkBuff context) {
        describe(context);
        return TC_ACT_OK;
    }

    private static void describe(PacketContext context) {
        Description description = descriptions.lookup(0);
        if (description == null) {
            return;
        }
        PacketCursor cursor = new PacketCursor();
        Ethernet ethernet = cursor.ethernet(context);
        if (ethernet == null) {
            return;
        }
        description.vlan = cursor.vlan;
        description.network = cursor.protocol;
        network(context, cursor, description);
        description.end = cursor.offset;
    }

    private static void network(PacketContext context, PacketCursor cursor, Description description) {
        Arp arp = cursor.arp(context);
        if (arp != null) {
            description.source = arp.isIpv4OverEthernet() ? arp.sender() : -1;
            description.flags = arp.operation;
            return;
        }
        Ipv4 ip = cursor.ipv4(context);
        if (ip != null) {
            description.source = ip.source;
        }
        Ipv6 ip6 = cursor.ipv6(context);
        if (ip6 != null) {
            description.source = ip6.source[15];
        }
        description.transport = cursor.protocol;
        transport(context, cursor, description);
    }

    private static void transport(PacketContext context, PacketCursor cursor, Description description) {
        Tcp tcp = cursor.tcp(context);
        if (tcp != null) {
            description.destinationPort = tcp.destination;
            description.flags = tcp.flags;
        }
        Icmp icmp = cursor.icmp(context);
        if (icmp != null) {
            description.flags = icmp.type;
        }
        Gre gre = cursor.gre(context);
        if (gre != null) {
            description.tunnel = gre.protocol;
            inner(context, cursor, description);
        }
        Udp udp = cursor.udp(context);
        if (udp != null) {
            description.destinationPort = udp.destination;
            if (udp.destination == Vxlan.PORT) {
                Vxlan vxlan = cursor.vxlan(context);
                if (vxlan != null && vxlan.hasIdentifier() && cursor.ethernet(context) != null) {
                    description.tunnel = vxlan.identifier();
                    description.innerVlan = cursor.vlan;
                    inner(context, cursor, description);
                }
            }
        }
    }

    private static void inner(PacketContext context, PacketCursor cursor, Description description) {
        Ipv4 ip = cursor.ipv4(context);
        if (ip != null) {
            description.innerSource = ip.source;
        }
    }
}
