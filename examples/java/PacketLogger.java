import static dev.skep.lang.context.TcAction.TC_ACT_OK;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.Bpf;
import dev.skep.lang.Struct;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.RingBuffer;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.program.Tc;
import dev.skep.lang.program.Xdp;

/** Reports IPv4 packets that come (XDP) and go (traffic control). */
public final class PacketLogger {
    static final class Seen extends Struct {
        long time;
        int source;
        int destination;
        int length;
        byte protocol;
        boolean outgoing;
    }

    static final RingBuffer<Seen> packets = new RingBuffer<>(1024 * 1024);

    private PacketLogger() {}

    @Xdp
    static int incoming(XdpContext context) {
        Ethernet ethernet = context.packet(0, Ethernet.class);
        Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
        if (ethernet != null && ethernet.protocol == Ethernet.IPV4 && ip != null) {
            log(ip, context.length(), false);
        }
        return XDP_PASS;
    }

    @Tc
    static int outgoing(SkBuff packet) {
        Ethernet ethernet = packet.packet(0, Ethernet.class);
        Ipv4 ip = packet.packet(Ethernet.SIZE, Ipv4.class);
        if (ethernet != null && ethernet.protocol == Ethernet.IPV4 && ip != null) {
            log(ip, packet.len, true);
        }
        return TC_ACT_OK;
    }

    private static void log(Ipv4 ip, int length, boolean outgoing) {
        Seen seen = packets.reserve();
        if (seen == null) {
            return;
        }
        seen.time = Bpf.ktimeGetNs();
        seen.source = ip.source;
        seen.destination = ip.destination;
        seen.length = length;
        seen.protocol = ip.protocol;
        seen.outgoing = outgoing;
        packets.submit(seen);
    }
}
