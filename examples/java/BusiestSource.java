import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.program.Xdp;

/** Which address sends most bytes. Goes through all senders after every hundredth packet: a loop over a map. */
public final class BusiestSource {
    static final HashMap<Integer, Long> bytesFrom = new HashMap<>(1024);

    static long packets;
    static int busiest;
    static long mostBytes;
    static int senders;

    @Xdp
    static int count(XdpContext context) {
        Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
        if (ip != null) {
            bytesFrom.add(ip.source, context.length());
        }
        if (++packets % 100 == 0) {
            find();
        }
        return XdpAction.XDP_PASS;
    }

    private static void find() {
        int count = 0;
        int address = 0;
        long most = 0;
        for (var sender : bytesFrom) {
            count++;
            if (sender.value() > most) {
                most = sender.value();
                address = sender.key();
            }
        }
        senders = count;
        busiest = address;
        mostBytes = most;
    }
}
