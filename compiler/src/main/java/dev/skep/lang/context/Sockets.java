package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import org.jspecify.annotations.Nullable;

/** Sockets that a program looks for. What is found has to be given back by {@link #release} on every path, as the verifier checks. */
public final class Sockets {
    /** The network namespace of the packet ({@code BPF_F_CURRENT_NETNS}). */
    public static final long CURRENT_NETNS = -1;

    private Sockets() {}

    /**
     * The TCP socket of a connection, or the one that listens for it; {@code null} if there is none.
     *
     * @param tuple addresses and ports as {@code struct bpf_sock_tuple} has them: 12 bytes for IPv4, 36 for IPv6
     * @param netns a network namespace's number, or {@link #CURRENT_NETNS} @param flags 0
     */
    @Helper("SK_LOOKUP_TCP")
    public static @Nullable BpfSock lookupTcp(Context context, Struct tuple, long netns, long flags) {
        throw new NotInJavaException("lookupTcp");
    }

    /** The UDP socket that a packet is for; {@code null} if there is none. Parameters as of {@link #lookupTcp}. */
    @Helper("SK_LOOKUP_UDP")
    public static @Nullable BpfSock lookupUdp(Context context, Struct tuple, long netns, long flags) {
        throw new NotInJavaException("lookupUdp");
    }

    /** Gives a socket back. @return 0 */
    @Helper("SK_RELEASE")
    public static int release(BpfSock socket) {
        throw new NotInJavaException("release");
    }

    /** The same socket with all of its fields; {@code null} if it is not a whole one yet, or no longer. */
    @Helper("SK_FULLSOCK")
    public static @Nullable BpfSock full(BpfSock socket) {
        throw new NotInJavaException("full");
    }
}
