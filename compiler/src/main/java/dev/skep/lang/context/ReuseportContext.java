package dev.skep.lang.context;

import dev.skep.lang.KernelName;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import org.jspecify.annotations.Nullable;

/** A packet for sockets that share a port: {@code struct sk_reuseport_md} of linux/bpf.h. */
@KernelName("sk_reuseport_md")
public final class ReuseportContext extends PacketContext {
    @Unsigned
    long data;

    @Unsigned
    long data_end;
    /** Bytes of the packet. */
    @Unsigned
    public int len;

    /** EtherType, in network byte order within the lower 16 bits. */
    @Unsigned
    public int eth_protocol;

    /** Protocol. */
    @Unsigned
    public int ip_protocol;

    /** 1 if the sockets are bound to all addresses. */
    @Unsigned
    public int bind_inany;

    /** The hash of the flow. */
    @Unsigned
    public int hash;

    @Override
    public <T extends Struct> @Nullable T packet(int offset, Class<T> type) {
        throw new NotInJavaException("packet");
    }

    @Override
    public int length() {
        throw new NotInJavaException("length");
    }
}
