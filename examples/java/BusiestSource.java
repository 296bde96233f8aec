import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.program.Xdp;

/** Which address sends most bytes. Goes through all senders after every hundredth packet: a lambda expression as a callback. */
public final class BusiestSource {
    static final class Sender extends Struct {
        int address;
        long bytes;
    }

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
        Sender most = new Sender();
        senders = bytesFrom.forEach((address, bytes) -> {
            if (bytes > most.bytes) {
                most.address = address;
                most.bytes = bytes;
            }
        });
        busiest = most.address;
        mostBytes = most.bytes;
    }
}
