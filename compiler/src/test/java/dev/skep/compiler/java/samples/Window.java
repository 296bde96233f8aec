package dev.skep.compiler.java.samples;

import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.program.Member;
import dev.skep.lang.program.StructOps;

/** The start of a congestion control. */
@StructOps("tcp_congestion_ops")
public final class Window {
    @KernelName("tcp_sock")
    abstract static class Socket extends KernelStruct {
        int snd_cwnd;
    }

    @Member
    @Length(16)
    static final String name = "window";

    private Window() {}

    @Member
    static int ssthresh(Socket socket) {
        return socket.snd_cwnd;
    }
}
