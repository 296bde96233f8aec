import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LruHashMap;
import dev.skep.lang.net.Dns;
import dev.skep.lang.net.DnsName;
import dev.skep.lang.net.PacketCursor;
import dev.skep.lang.net.Udp;
import dev.skep.lang.program.Xdp;

/** Counts the names that DNS is asked for, and drops questions for those that are blocked. */
public final class DnsBlock {
    static final HashMap<DnsName, Integer> blocked = new HashMap<>(4096);
    static final LruHashMap<DnsName, Long> questions = new LruHashMap<>(4096);

    private DnsBlock() {}

    @Xdp
    static int filter(XdpContext context) {
        PacketCursor cursor = new PacketCursor();
        cursor.ethernet(context);
        cursor.ipv4(context);
        cursor.ipv6(context);
        Udp udp = cursor.udp(context);
        if (udp == null || udp.destination != Dns.PORT) {
            return XDP_PASS;
        }
        Dns dns = cursor.dns(context);
        if (dns == null || dns.isResponse() || dns.questions == 0) {
            return XDP_PASS;
        }
        DnsName name = new DnsName();
        if (name.read(context, cursor.offset) < 0) {
            return XDP_PASS;
        }
        questions.add(name, 1);
        return blocked.lookup(name) == null ? XDP_PASS : XDP_DROP;
    }
}
