package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Unsigned;
import org.jspecify.annotations.Nullable;

/** A call of getsockopt or setsockopt: {@code struct bpf_sockopt} of linux/bpf.h. */
@KernelName("bpf_sockopt")
public final class SockoptCall extends Context {
    @Unsigned
    long sk;

    @Unsigned
    long optval;

    @Unsigned
    long optval_end;
    /** Which protocol the option is of. */
    public int level;

    /** Which option. */
    public int optname;

    /** Bytes of its value. */
    public int optlen;

    /** What the kernel returned, for getsockopt. */
    public int retval;

    /**
     * The socket it belongs to, {@code null} if there is none. Of its fields, programs may read those that come before
     * {@code src_ip4} and the addresses; it can be given to helpers and to a {@code SocketStorage}.
     */
    public @Nullable BpfSock sk() {
        throw new NotInJavaException("sk");
    }
}
