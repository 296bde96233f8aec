package dev.skep;

import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Configurable;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Tcp;
import dev.skep.lang.program.Xdp;

/** Drops TCP to a port, counts what passes by where it comes from, and marks it on the way. */
final class Firewall {
    /** Where a packet comes from. */
    static final class Flow extends Struct {
        @BigEndian
        int address;

        @BigEndian
        @Unsigned
        short port;

        @Unsigned
        byte protocol;
    }

    /** What came from there. */
    static final class Counter extends Struct {
        long packets;
        long bytes;
        int lastLength;
    }

    static final HashMap<Flow, Counter> flows = new HashMap<>(1024);
    static final ArrayMap<Long> dropped = new ArrayMap<>(4);

    @Configurable
    static int closedPort = 23;

    static long seen;

    private Firewall() {}

    @Xdp
    static int filter(XdpContext context) {
        seen++;
        Ethernet ethernet = context.packet(0, Ethernet.class);
        if (ethernet == null || ethernet.protocol != Ethernet.IPV4) {
            return XDP_PASS;
        }
        Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
        if (ip == null) {
            return XDP_PASS;
        }
        Flow flow = new Flow();
        flow.address = ip.source;
        flow.protocol = ip.protocol;
        if (ip.protocol == Ipv4.TCP) {
            Tcp tcp = context.packet(Ethernet.SIZE + ip.headerLength(), Tcp.class);
            if (tcp == null) {
                return XDP_PASS;
            }
            if (tcp.destination == closedPort) {
                dropped.add(ip.headerLength() / 20, 1);
                return XDP_DROP;
            }
            flow.port = tcp.source;
        }
        count(flow, context.length());
        ip.timeToLive = (byte) (ip.timeToLive - 1);
        ethernet.source[5] = (byte) (ethernet.source[0] ^ ethernet.source[5]);
        return XDP_PASS;
    }

    private static void count(Flow flow, int length) {
        Counter counter = flows.lookup(flow);
        if (counter == null) {
            flows.put(flow, new Counter());
            counter = flows.lookup(flow);
            if (counter == null) {
                return;
            }
        }
        counter.packets++;
        counter.bytes += length;
        counter.lastLength = length;
    }
}
