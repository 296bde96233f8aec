package dev.skep.compiler.java.samples;

import dev.skep.lang.Struct;
import dev.skep.lang.context.BpfSock;
import dev.skep.lang.context.ReuseportContext;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.SkMsgContext;
import dev.skep.lang.context.SockOpsContext;
import dev.skep.lang.context.SockOpsEvent;
import dev.skep.lang.map.BloomFilter;
import dev.skep.lang.map.CgroupArray;
import dev.skep.lang.map.PerfEventArray;
import dev.skep.lang.map.ReuseportSockArray;
import dev.skep.lang.map.SockHash;
import dev.skep.lang.map.SockMap;
import dev.skep.lang.map.SocketStorage;
import dev.skep.lang.program.CgroupSkb;
import dev.skep.lang.program.SkMsg;
import dev.skep.lang.program.SkReuseport;
import dev.skep.lang.program.SkSkb;
import dev.skep.lang.program.SockOps;
import dev.skep.lang.program.Tc;

/** Maps of sockets and what belongs to them, control groups, records in a buffer for each processor. */
public final class SocketMaps {
    /** A flow. */
    static final class Flow extends Struct {
        int remote;
        int port;
    }

    /** What is sent to user space. */
    static final class Event extends Struct {
        long length;
        int port;
    }

    /** What is known of a socket. */
    static final class Traffic extends Struct {
        long packets;
    }

    static final PerfEventArray<Event> events = new PerfEventArray<>();
    static final CgroupArray groups = new CgroupArray(1);
    static final BloomFilter<Flow> seen = new BloomFilter<>(100);
    static final SockMap sockets = new SockMap(2);
    static final SockHash<Flow> flows = new SockHash<>(16);
    static final ReuseportSockArray sharing = new ReuseportSockArray(4);
    static final SocketStorage<Traffic> traffic = new SocketStorage<>();

    private SocketMaps() {}

    @Tc
    static int classify(SkBuff packet) {
        Flow flow = new Flow();
        flow.remote = packet.hash;
        if (!seen.mayContain(flow)) {
            seen.add(flow);
            Event event = new Event();
            event.length = packet.len;
            events.output(packet, event);
        }
        return groups.under(packet, 0) == 1 ? 2 : 0;
    }

    @CgroupSkb("egress")
    static boolean send(SkBuff packet) {
        BpfSock socket = packet.sk();
        if (socket == null) {
            return true;
        }
        Traffic sent = traffic.getOrCreate(socket);
        if (sent != null) {
            sent.packets++;
        }
        return sent == null || sent.packets < 1000;
    }

    @SockOps
    static int established(SockOpsContext context) {
        if (context.op == SockOpsEvent.BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB) {
            sockets.update(context, 0, 0);
        } else if (context.op == SockOpsEvent.BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB) {
            Flow flow = new Flow();
            flow.remote = context.remote_ip4;
            flow.port = context.local_port;
            flows.update(context, flow, 0);
        }
        return 1;
    }

    @SkMsg
    static int message(SkMsgContext message) {
        Flow flow = new Flow();
        flow.remote = message.remote_ip4;
        return message.size > 100
                ? flows.redirect(message, flow, SockHash.INGRESS)
                : sockets.redirect(message, 0, SockMap.INGRESS);
    }

    @SkSkb
    static int received(SkBuff packet) {
        return sockets.redirect(packet, 1, 0);
    }

    @SkReuseport
    static int select(ReuseportContext context) {
        return sharing.select(context, context.hash & 3, 0) == 0 ? 1 : 0;
    }
}
