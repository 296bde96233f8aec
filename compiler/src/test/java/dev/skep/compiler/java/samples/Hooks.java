package dev.skep.compiler.java.samples;

import dev.skep.lang.context.PtRegs;
import dev.skep.lang.context.PulseLength;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.TracepointArguments;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.KprobeSession;
import dev.skep.lang.program.LircMode2;
import dev.skep.lang.program.Lsm;
import dev.skep.lang.program.Netkit;
import dev.skep.lang.program.SkSkbStreamParser;
import dev.skep.lang.program.Sleepable;
import dev.skep.lang.program.TcIngress;
import dev.skep.lang.program.UprobeMulti;
import dev.skep.lang.program.Xdp;

/** Programs whose sections have more than one part. */
public final class Hooks {
    private Hooks() {}

    @Xdp(value = "devmap", frags = true)
    static int leaving(XdpContext context) {
        return context.egress_ifindex == 1 ? 1 : 2;
    }

    @TcIngress
    static int arriving(SkBuff packet) {
        return packet.len > 100 ? 2 : -1;
    }

    @Netkit("peer")
    static int inside(SkBuff packet) {
        return 0;
    }

    @SkSkbStreamParser
    static int parse(SkBuff packet) {
        return packet.len;
    }

    @Lsm("file_open")
    @Sleepable
    static int open(TracepointArguments arguments) {
        return 0;
    }

    @KprobeSession("vfs_read")
    static int read(PtRegs registers) {
        return registers.result() == 0 ? 1 : 0;
    }

    @UprobeMulti("/usr/lib/libc.so.6:mem*")
    @Sleepable
    static int copy(PtRegs registers) {
        return 0;
    }

    @LircMode2
    static int pulse(PulseLength length) {
        return length.value == 0 ? 1 : 0;
    }
}
