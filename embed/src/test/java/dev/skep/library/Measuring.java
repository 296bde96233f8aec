package dev.skep.library;

import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LpmTrie;
import dev.skep.lang.map.LruHashMap;
import dev.skep.lang.map.PerCpuArray;
import dev.skep.lang.measure.LinearHistogram;
import dev.skep.lang.measure.Log2Histogram;
import dev.skep.lang.measure.TokenBucket;
import dev.skep.lang.measure.TrafficCounter;
import dev.skep.lang.net.Dns;
import dev.skep.lang.net.DnsName;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4Prefix;
import dev.skep.lang.net.Ipv6;
import dev.skep.lang.net.Ipv6Prefix;
import dev.skep.lang.net.PacketCursor;
import dev.skep.lang.program.Xdp;

/** Counts, limits and looks up. */
public final class Measuring {
    /** A frame that carries numbers. */
    static final class Numbers extends Struct {
        long first;
        long second;
    }

    static final Log2Histogram powers = new Log2Histogram();
    static final ArrayMap<LinearHistogram> steps = new ArrayMap<>(1);
    static final PerCpuArray<TrafficCounter> traffic = new PerCpuArray<>(1);
    static final LruHashMap<Long, TokenBucket> buckets = new LruHashMap<>(64);
    static final LpmTrie<Ipv4Prefix, Integer> networks = new LpmTrie<>(64);
    static final LpmTrie<Ipv6Prefix, Integer> networks6 = new LpmTrie<>(64);
    static final HashMap<DnsName, Integer> names = new HashMap<>(64);

    private Measuring() {}

    @Xdp
    static int measure(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        LinearHistogram histogram = steps.lookup(0);
        TrafficCounter counter = traffic.lookup(0);
        if (numbers == null || histogram == null || counter == null) {
            return XDP_DROP;
        }
        powers.record(numbers.first);
        histogram.record(numbers.first, -100, 900, 100);
        counter.count(context.length());
        return XDP_PASS;
    }

    /** Lets 5 tokens pass at once, and one in 1000 nanoseconds; {@code first} names the bucket, {@code second} is the time. */
    @Xdp
    static int limit(XdpContext context) {
        Numbers numbers = context.packet(0, Numbers.class);
        if (numbers == null) {
            return XDP_DROP;
        }
        TokenBucket bucket = buckets.lookup(numbers.first);
        if (bucket == null) {
            buckets.putIfAbsent(numbers.first, new TokenBucket());
            bucket = buckets.lookup(numbers.first);
        }
        return bucket != null && bucket.take(numbers.second, 1, 1000, 5) ? XDP_PASS : XDP_DROP;
    }

    /** What is known of the network of an IPv4 address, which the frame starts with, or of the source of IPv6; -1 if nothing. */
    @Xdp
    static int network(XdpContext context) {
        Ipv6 ip6 = context.packet(Ethernet.SIZE, Ipv6.class);
        Numbers numbers = context.packet(0, Numbers.class);
        if (numbers == null || ip6 == null) {
            return -1;
        }
        Integer known = networks.lookup(new Ipv4Prefix((int) numbers.first));
        if (known != null) {
            return known;
        }
        Integer known6 = networks6.lookup(new Ipv6Prefix(ip6.source));
        return known6 == null ? -1 : known6;
    }

    /** What is known of the name in a question; -1 if nothing, -2 if there is no question, -3 if its name is odd. */
    @Xdp
    static int question(XdpContext context) {
        PacketCursor cursor = new PacketCursor();
        cursor.ethernet(context);
        cursor.ipv4(context);
        if (cursor.udp(context) == null) {
            return -2;
        }
        Dns dns = cursor.dns(context);
        if (dns == null || dns.isResponse() || dns.questions != 1) {
            return -2;
        }
        DnsName name = new DnsName();
        if (name.read(context, cursor.offset) < 0) {
            return -3;
        }
        Integer known = names.lookup(name);
        return known == null ? -1 : known;
    }
}
