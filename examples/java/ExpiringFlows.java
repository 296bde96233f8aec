import dev.skep.lang.Configurable;
import dev.skep.lang.Struct;
import dev.skep.lang.Timer;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.program.Xdp;

/** Packets by flow. A flow that has been silent for a while is forgotten: each has a timer of its own. */
public final class ExpiringFlows {
    static final class Key extends Struct {
        int source;
        int destination;
    }

    static final class Flow extends Struct {
        long packets;
        long bytes;
        Timer silence = new Timer();
    }

    static final HashMap<Key, Flow> flows = new HashMap<>(4096);

    @Configurable
    static long silenceNanoseconds = 10_000_000_000L;

    static long forgotten;

    @Xdp
    static int count(XdpContext context) {
        Ipv4 ip = context.packet(Ethernet.SIZE, Ipv4.class);
        if (ip == null) {
            return XdpAction.XDP_PASS;
        }
        Key key = new Key();
        key.source = ip.source;
        key.destination = ip.destination;
        Flow flow = flows.lookup(key);
        if (flow == null) {
            flow = begin(key);
        }
        if (flow != null) {
            flow.packets++;
            flow.bytes += context.length();
            flow.silence.start(silenceNanoseconds);
        }
        return XdpAction.XDP_PASS;
    }

    private static Flow begin(Key key) {
        flows.putIfAbsent(key, new Flow());
        Flow flow = flows.lookup(key);
        if (flow != null && flow.silence.initialize(flows) == 0) {
            flow.silence.setCallback(flows, (silent, value) -> {
                flows.delete(silent);
                forgotten++;
            });
        }
        return flow;
    }
}
