package dev.skep.compiler.java.samples;

import dev.skep.lang.Loop;
import dev.skep.lang.Struct;
import dev.skep.lang.context.BpfSock;
import dev.skep.lang.context.DeviceAccess;
import dev.skep.lang.context.PtRegs;
import dev.skep.lang.context.ReuseportContext;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.SockAddr;
import dev.skep.lang.context.SocketLookup;
import dev.skep.lang.context.SockoptCall;
import dev.skep.lang.context.SysctlAccess;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.CgroupDevice;
import dev.skep.lang.program.CgroupSock;
import dev.skep.lang.program.CgroupSockAddr;
import dev.skep.lang.program.CgroupSockopt;
import dev.skep.lang.program.CgroupSysctl;
import dev.skep.lang.program.KprobeMulti;
import dev.skep.lang.program.LwtXmit;
import dev.skep.lang.program.SkLookup;
import dev.skep.lang.program.SkReuseport;

/** Programs of control groups and sockets: the last field of each context, so that its layout is seen to be the kernel's. */
public final class Sockets {
    /** A sum. */
    static final class Sum extends Struct {
        int value;
    }

    static final ArrayMap<Long> calls = new ArrayMap<>(16);

    private Sockets() {}

    @CgroupSock("post_bind4")
    static boolean bound(BpfSock socket) {
        return socket.src_port != 80 && socket.rx_queue_mapping < 100;
    }

    @CgroupSockAddr("sendmsg6")
    static boolean sends(SockAddr address) {
        Sum sum = new Sum();
        Loop.times(4, i -> sum.value += i);
        return address.user_ip6[0] != 1 && address.msg_src_ip6[3] != sum.value;
    }

    @CgroupDevice
    static boolean device(DeviceAccess access) {
        return access.access_type >>> 16 != 2 || access.minor != 0;
    }

    @CgroupSysctl
    static boolean parameter(SysctlAccess access) {
        return access.write == 0 || access.file_pos == 0;
    }

    @CgroupSockopt("getsockopt")
    static boolean option(SockoptCall call) {
        return call.level != 1 || call.retval == 0;
    }

    @SkLookup
    static int look(SocketLookup lookup) {
        return lookup.local_port == 80 && lookup.remote_port != 0 && lookup.ingress_ifindex == 0 ? 0 : 1;
    }

    @SkReuseport
    static int choose(ReuseportContext packet) {
        return packet.hash == 0 ? 0 : 1;
    }

    @LwtXmit
    static int sent(SkBuff skb) {
        return skb.len > 1500 ? 2 : 0;
    }

    @KprobeMulti("vfs_*")
    static void called(PtRegs registers) {
        calls.add((int) registers.argument(0) & 15, 1);
    }
}
