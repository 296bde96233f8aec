package dev.skep.lang.context;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Context;
import dev.skep.lang.Helper;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import org.jspecify.annotations.Nullable;

/** An address that a process names: {@code struct bpf_sock_addr} of linux/bpf.h. */
@KernelName("bpf_sock_addr")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class SockAddr extends Context {
    /** Address family that was named. */
    @Unsigned
    public int user_family;

    /** IPv4 address that was named. */
    @BigEndian
    @Unsigned
    public int user_ip4;

    /** IPv6 address that was named. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] user_ip6;

    /** Port that was named, in network byte order within the lower 16 bits. */
    @Unsigned
    public int user_port;

    /** The socket's address family. */
    @Unsigned
    public int family;

    /** Kind of socket. */
    @Unsigned
    public int type;

    /** Protocol. */
    @Unsigned
    public int protocol;

    /** IPv4 address to send from. */
    @BigEndian
    @Unsigned
    public int msg_src_ip4;

    /** IPv6 address to send from. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] msg_src_ip6;

    @Unsigned
    long sk;

    /**
     * The socket it belongs to, {@code null} if there is none. Of its fields, programs may read those that come before
     * {@code src_ip4} and the addresses; it can be given to helpers and to a {@code SocketStorage}.
     */
    public @Nullable BpfSock sk() {
        throw new NotInJavaException("sk");
    }

    /** Sets an option of the socket, as {@code setsockopt} does. @return 0, or a negative error number */
    @Helper("SETSOCKOPT")
    public int setOption(int level, int option, Struct value) {
        throw new NotInJavaException("setOption");
    }

    /** Reads an option of the socket, as {@code getsockopt} does. @return 0, or a negative error number */
    @Helper("GETSOCKOPT")
    public int option(int level, int option, Struct value) {
        throw new NotInJavaException("option");
    }

    /**
     * Binds the socket to an address, in programs at {@code connect}. @param address as {@code struct sockaddr_in} or {@code sockaddr_in6}
     * @return 0, or a negative error number
     */
    @Helper("BIND")
    public int bind(Struct address) {
        throw new NotInJavaException("bind");
    }
}
