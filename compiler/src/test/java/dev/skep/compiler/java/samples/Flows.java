package dev.skep.compiler.java.samples;

import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Configurable;
import dev.skep.lang.Length;
import dev.skep.lang.License;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.RingBuffer;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Udp;
import dev.skep.lang.program.Xdp;

/** Counts the packets and bytes of UDP flows, reports new ones, and drops what goes to a port that is closed. */
@License("Dual MIT/GPL")
public final class Flows {
    /** What makes a flow. */
    static final class Key extends Struct {
        int source;
        int destination;

        @BigEndian
        short port;

        Key(Ipv4 ip, Udp udp) {
            source = ip.source;
            destination = ip.destination;
            port = udp.destination;
        }
    }

    /** What is counted. */
    static final class Counter extends Struct {
        long packets;
        long bytes;

        @Unsigned
        byte lastTimeToLive;

        @Length(4)
        @Unsigned
        short[] sizes = new short[4];

        void count(Ipv4 ip) {
            packets++;
            bytes += ip.totalLength;
            lastTimeToLive = ip.timeToLive;
            sizes[Math.min(ip.totalLength / 100, 3)]++;
        }
    }

    static final HashMap<Key, Counter> flows = new HashMap<>(1024);
    static final ArrayMap<Long> totals = new ArrayMap<>(2);
    static final RingBuffer<Key> found = new RingBuffer<>(4096);

    @Configurable
    static int closedPort = 9;

    static long dropped;

    private Flows() {}

    @Xdp
    static int watch(XdpContext ctx) {
        Ethernet ethernet = ctx.packet(0, Ethernet.class);
        if (ethernet == null || ethernet.protocol != Ethernet.IPV4) {
            return XDP_PASS;
        }
        Ipv4 ip = ctx.packet(Ethernet.SIZE, Ipv4.class);
        if (ip == null || ip.protocol != Ipv4.UDP) {
            return XDP_PASS;
        }
        Udp udp = ctx.packet(Ethernet.SIZE + ip.headerLength(), Udp.class);
        if (udp == null) {
            return XDP_PASS;
        }
        totals.add(0, 1);
        if (udp.destination == closedPort) {
            dropped++;
            return XDP_DROP;
        }
        Key key = new Key(ip, udp);
        Counter counter = flows.lookup(key);
        if (counter == null) {
            counter = new Counter();
            counter.count(ip);
            flows.put(key, counter);
            report(key);
        } else {
            counter.count(ip);
        }
        return XDP_PASS;
    }

    private static void report(Key key) {
        Key record = found.reserve();
        if (record != null) {
            record.source = key.source;
            record.destination = key.destination;
            record.port = key.port;
            found.submit(record);
        }
    }
}
