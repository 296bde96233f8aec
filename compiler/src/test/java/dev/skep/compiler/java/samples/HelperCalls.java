package dev.skep.compiler.java.samples;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Bpf;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.BpfSock;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.SkMsgContext;
import dev.skep.lang.context.SockAddr;
import dev.skep.lang.context.SockOpsContext;
import dev.skep.lang.context.SocketLookup;
import dev.skep.lang.context.Sockets;
import dev.skep.lang.context.SysctlAccess;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.SockMap;
import dev.skep.lang.program.CgroupSockAddr;
import dev.skep.lang.program.CgroupSysctl;
import dev.skep.lang.program.SkLookup;
import dev.skep.lang.program.SkMsg;
import dev.skep.lang.program.SockOps;
import dev.skep.lang.program.Tc;
import dev.skep.lang.program.Xdp;

/** Helper functions that are methods of contexts, or give sockets. */
public final class HelperCalls {
    /** {@code struct bpf_sock_tuple} for IPv4. */
    static final class Tuple extends Struct {
        @BigEndian
        int source;

        @BigEndian
        int destination;

        @BigEndian
        short sourcePort;

        @BigEndian
        short destinationPort;
    }

    /** {@code struct bpf_fib_lookup}, as far as the program sets it; the kernel wants all 64 bytes. */
    static final class Route extends Struct {
        byte family;

        @Length(63)
        byte[] others;
    }

    /** A number. */
    static final class Value extends Struct {
        int number;
    }

    /** Text. */
    static final class Name extends Struct {
        @Length(16)
        byte[] text;
    }

    /** Words of a header. */
    static final class Words extends Struct {
        @Length(2)
        int[] old;

        @Length(2)
        int[] fresh;
    }

    static final SockMap sockets = new SockMap(4);

    private HelperCalls() {}

    @Tc
    static int packet(SkBuff packet) {
        Words words = new Words();
        words.fresh[0] = packet.mark;
        long difference = Bpf.csumDiff(words.old, words.fresh, 0);
        int failed = packet.replaceL3Checksum(24, 0, difference, 0)
                | packet.replaceL4Checksum(50, 0, difference, 0)
                | packet.vlanPush((short) 0x0081, 7)
                | packet.vlanPop()
                | packet.changeType(0)
                | packet.adjustRoom(8, 0, 0);
        return failed == 0 && packet.cgroupId() != 0 ? 0 : 2;
    }

    @Tc
    static int known(SkBuff packet) {
        Tuple tuple = new Tuple();
        tuple.destinationPort = 80;
        BpfSock socket = Sockets.lookupTcp(packet, tuple, Sockets.CURRENT_NETNS, 0);
        if (socket == null) {
            return 2;
        }
        int mark = socket.mark;
        Sockets.release(socket);
        return mark == 1 ? 0 : 2;
    }

    @Xdp
    static int route(XdpContext context) {
        Route route = new Route();
        route.family = 2;
        Tuple tuple = new Tuple();
        return context.load(26, tuple) == 0 && Bpf.fibLookup(context, route, 0) == 0 && context.bufferLength() > 60
                ? 2
                : 1;
    }

    @SkMsg
    static int message(SkMsgContext message) {
        return message.pullData(0, 8, 0) == 0 && message.applyBytes(100) == 0 ? 1 : 0;
    }

    @SockOps
    static int event(SockOpsContext context) {
        Value value = new Value();
        value.number = 1;
        return (context.setCallbackFlags(1) | context.setOption(6, 1, value)) == 0 ? 1 : 0;
    }

    @CgroupSockAddr("connect4")
    static boolean connect(SockAddr address) {
        Value value = new Value();
        return address.option(1, 7, value) == 0 && value.number > 0;
    }

    @CgroupSysctl
    static boolean parameter(SysctlAccess access) {
        Name name = new Name();
        return access.name(name.text, 0) > 0 && name.text[0] == 'n';
    }

    @SkLookup
    static int lookup(SocketLookup request) {
        BpfSock socket = sockets.lookup(request.local_port & 3);
        if (socket == null) {
            return 0;
        }
        int refused = request.assign(socket, 0);
        Sockets.release(socket);
        return refused == 0 ? 1 : 0;
    }
}
