import static dev.skep.lang.context.TcAction.TC_ACT_OK;
import static dev.skep.lang.context.TcAction.TC_ACT_SHOT;

import dev.skep.lang.Configurable;
import dev.skep.lang.Struct;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LpmTrie;
import dev.skep.lang.map.PerCpuArray;
import dev.skep.lang.measure.TrafficCounter;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Ipv4Prefix;
import dev.skep.lang.net.Ipv6;
import dev.skep.lang.net.Ipv6Prefix;
import dev.skep.lang.net.PacketCursor;
import dev.skep.lang.net.Tcp;
import dev.skep.lang.net.Udp;
import dev.skep.lang.program.Tc;

/** Lets out (or in) what is allowed: networks of IPv4 and IPv6 by prefix, and ports. VLAN tags and options are passed over. */
public final class TcFirewall {
    /** A service. */
    static final class Service extends Struct {
        int protocol;
        int port;
    }

    static final LpmTrie<Ipv4Prefix, Integer> blocked = new LpmTrie<>(1024);
    static final LpmTrie<Ipv6Prefix, Integer> blocked6 = new LpmTrie<>(1024);
    static final HashMap<Service, Integer> closed = new HashMap<>(1024);

    /** 0: passed, 1: dropped. */
    static final PerCpuArray<TrafficCounter> verdicts = new PerCpuArray<>(2);

    /** Whether DNS over plain UDP is dropped. */
    @Configurable
    static boolean noPlainDns = true;

    private TcFirewall() {}

    @Tc
    static int filter(SkBuff packet) {
        boolean drop = isUnwanted(packet);
        TrafficCounter counter = verdicts.lookup(drop ? 1 : 0);
        if (counter != null) {
            counter.count(packet.len);
        }
        return drop ? TC_ACT_SHOT : TC_ACT_OK;
    }

    private static boolean isUnwanted(SkBuff packet) {
        PacketCursor cursor = new PacketCursor();
        if (cursor.ethernet(packet) == null) {
            return true;
        }
        Ipv4 ip = cursor.ipv4(packet);
        if (ip != null) {
            return blocked.lookup(new Ipv4Prefix(ip.destination)) != null || isClosed(packet, cursor);
        }
        Ipv6 ip6 = cursor.ipv6(packet);
        return ip6 != null && (blocked6.lookup(new Ipv6Prefix(ip6.destination)) != null || isClosed(packet, cursor));
    }

    private static boolean isClosed(SkBuff packet, PacketCursor cursor) {
        Service service = new Service();
        service.protocol = cursor.protocol;
        Tcp tcp = cursor.tcp(packet);
        Udp udp = cursor.udp(packet);
        if (tcp != null) {
            service.port = tcp.destination;
        } else if (udp != null) {
            if (noPlainDns && udp.destination == 53) {
                return true;
            }
            service.port = udp.destination;
        }
        return closed.lookup(service) != null;
    }
}
