import static dev.skep.lang.context.XdpAction.XDP_PASS;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.PerCpuArray;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.program.Xdp;

/** Counts IPv4 packets and their bytes by protocol, on each processor by itself. */
public final class ProtocolCounter {
    static final class Counter extends Struct {
        long packets;
        long bytes;
    }

    static final PerCpuArray<Counter> protocols = new PerCpuArray<>(256);

    private ProtocolCounter() {}

    @Xdp
    static int count(XdpContext context) {
        Ethernet ethernet = context.packet(0, Ethernet.class);
        if (ethernet == null || ethernet.protocol != Ethernet.IPV4) {
            return XDP_PASS;
        }
        Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
        if (ip == null) {
            return XDP_PASS;
        }
        Counter counter = protocols.lookup(ip.protocol & 0xff);
        if (counter != null) {
            counter.packets++;
            counter.bytes += context.length();
        }
        return XDP_PASS;
    }
}
