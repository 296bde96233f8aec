import static dev.skep.lang.context.XdpAction.XDP_DROP;
import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Configurable;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LpmTrie;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Tcp;
import dev.skep.lang.net.Udp;
import dev.skep.lang.program.Xdp;

/** Drops IPv4 packets from blocked networks, and to blocked ports; counts what it does by reason. */
public final class Firewall {
    /** A network: so many bits of an address. */
    static final class Network extends Struct {
        int bits;

        @BigEndian
        int address;
    }

    static final LpmTrie<Network, Integer> blockedNetworks = new LpmTrie<>(1024);
    static final HashMap<Integer, Integer> blockedPorts = new HashMap<>(1024);
    static final HashMap<Integer, Long> reasons = new HashMap<>(8);

    private static final int PASSED = 0;
    private static final int NOT_IPV4 = 1;
    private static final int TOO_SHORT = 2;
    private static final int NETWORK = 3;
    private static final int PORT = 4;

    /** Whether packets that are too short for their headers are dropped. */
    @Configurable
    static boolean dropsBroken = true;

    private Firewall() {}

    @Xdp
    static int firewall(XdpContext context) {
        int reason = judge(context);
        reasons.add(reason, 1);
        return switch (reason) {
            case NETWORK, PORT -> XDP_DROP;
            case TOO_SHORT -> dropsBroken ? XDP_DROP : XDP_PASS;
            default -> XDP_PASS;
        };
    }

    private static int judge(XdpContext context) {
        Ethernet ethernet = context.packet(0, Ethernet.class);
        if (ethernet == null) {
            return TOO_SHORT;
        }
        if (ethernet.protocol != Ethernet.IPV4) {
            return NOT_IPV4;
        }
        Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
        if (ip == null || ip.headerLength() < Ipv4.SIZE) {
            return TOO_SHORT;
        }
        Network source = new Network();
        source.bits = 32;
        source.address = ip.source;
        if (blockedNetworks.lookup(source) != null) {
            return NETWORK;
        }
        int port = destinationPort(context, ip.protocol, Ethernet.SIZE + ip.headerLength());
        if (port < 0) {
            return port == -1 ? PASSED : TOO_SHORT;
        }
        return blockedPorts.lookup(port) != null ? PORT : PASSED;
    }

    /** -1 for protocols without ports, -2 if the packet ends before them. */
    private static int destinationPort(XdpContext context, int protocol, int offset) {
        if (protocol == Ipv4.TCP) {
            Tcp tcp = context.packet(offset, Tcp.class);
            return tcp == null ? -2 : tcp.destination & 0xffff;
        }
        if (protocol == Ipv4.UDP) {
            Udp udp = context.packet(offset, Udp.class);
            return udp == null ? -2 : udp.destination & 0xffff;
        }
        return -1;
    }
}
