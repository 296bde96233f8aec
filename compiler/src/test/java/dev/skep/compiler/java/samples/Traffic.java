package dev.skep.compiler.java.samples;

import static dev.skep.lang.context.TcAction.TC_ACT_OK;
import static dev.skep.lang.context.TcAction.TC_ACT_SHOT;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Union;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.SockOpsContext;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.LpmTrie;
import dev.skep.lang.map.ProgramArray;
import dev.skep.lang.map.Queue;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.net.Ipv4;
import dev.skep.lang.net.Tcp;
import dev.skep.lang.program.CgroupSkb;
import dev.skep.lang.program.SockOps;
import dev.skep.lang.program.SocketFilter;
import dev.skep.lang.program.Tc;
import dev.skep.lang.program.Xdp;
import org.jspecify.annotations.Nullable;

/** Programs on packets and connections. */
public final class Traffic {
    /** A prefix of addresses. */
    static final class Prefix extends Struct {
        int length;
        int address;
    }

    /** An address as a number and as bytes. */
    @Union
    static final class Address extends Struct {
        @BigEndian
        int number;

        @Length(4)
        @Unsigned
        byte[] bytes = new byte[4];
    }

    /** A rule for a prefix. */
    static final class Rule extends Struct {
        boolean blocked;
        char port;
        Address seen = new Address();
        long hits;
    }

    static final LpmTrie<Prefix, Rule> rules = new LpmTrie<>(256);
    static final ProgramArray next = new ProgramArray(4);
    static final Queue<Rule> recent = new Queue<>(32);
    static final HashMap<Integer, Rule> byPort = new HashMap<>(64);
    static int connections;

    private Traffic() {}

    private static @Nullable Ipv4 ipv4(SkBuff skb) {
        Ethernet ethernet = skb.packet(0, Ethernet.class);
        if (ethernet == null || ethernet.protocol != Ethernet.IPV4) {
            return null;
        }
        return skb.packet(Ethernet.SIZE, Ipv4.class);
    }

    @Tc
    static int filter(SkBuff skb) {
        Ipv4 ip = ipv4(skb);
        if (ip == null) {
            return TC_ACT_OK;
        }
        Prefix prefix = new Prefix();
        prefix.length = 32;
        prefix.address = ip.source;
        Rule rule = rules.lookup(prefix);
        if (rule == null) {
            return TC_ACT_OK;
        }
        rule.hits++;
        rule.seen.number = ip.source;
        if (rule.seen.bytes[0] == 127 || rule.seen.bytes[skb.pkt_type & 3] == 100) {
            recent.push(rule);
        }
        return rule.blocked ? TC_ACT_SHOT : TC_ACT_OK;
    }

    @CgroupSkb("egress")
    static boolean closedPorts(SkBuff skb) {
        Tcp tcp = new Tcp();
        if (skb.load(20, tcp) != 0) {
            return true;
        }
        Rule rule = byPort.lookup((int) tcp.destination);
        return rule == null || !rule.blocked || rule.port != tcp.destination;
    }

    @SocketFilter
    static int keepHeader(SkBuff skb) {
        return Math.min(skb.len, 54);
    }

    @SockOps
    static int established(SockOpsContext event) {
        switch (event.op) {
            case 4, 5 -> connections++;
            default -> {}
        }
        return event.local_port == 22 ? 1 : 0;
    }

    @Xdp
    static int dispatch(XdpContext ctx) {
        next.call(ctx, ctx.length() > 1500 ? 1 : 0);
        return XdpAction.XDP_PASS;
    }
}
