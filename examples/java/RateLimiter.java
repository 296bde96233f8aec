import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.Bpf;
import dev.skep.lang.Configurable;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.LruHashMap;
import dev.skep.lang.map.PerCpuArray;
import dev.skep.lang.measure.TokenBucket;
import dev.skep.lang.measure.TrafficCounter;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.PacketCursor;
import dev.skep.lang.program.Xdp;

/** Each IPv4 address may send so many packets in a second, and so many at once. */
public final class RateLimiter {
    /** Nanoseconds from packet to packet: 100 in a second. */
    @Configurable
    static long interval = 10_000_000;

    @Configurable
    static int atOnce = 20;

    static final LruHashMap<Integer, TokenBucket> sources = new LruHashMap<>(65_536);

    /** 0: passed, 1: dropped. */
    static final PerCpuArray<TrafficCounter> verdicts = new PerCpuArray<>(2);

    private RateLimiter() {}

    @Xdp
    static int limit(XdpContext context) {
        PacketCursor cursor = new PacketCursor();
        cursor.ethernet(context);
        Ipv4 ip = cursor.ipv4(context);
        if (ip == null) {
            return XDP_PASS;
        }
        boolean passes = mayPass(ip.source);
        TrafficCounter counter = verdicts.lookup(passes ? 0 : 1);
        if (counter != null) {
            counter.count(context.length());
        }
        return passes ? XDP_PASS : XDP_DROP;
    }

    private static boolean mayPass(int source) {
        TokenBucket bucket = sources.lookup(source);
        if (bucket == null) {
            sources.putIfAbsent(source, new TokenBucket());
            bucket = sources.lookup(source);
        }
        return bucket == null || bucket.take(Bpf.ktimeGetNs(), 1, interval, atOnce);
    }
}
