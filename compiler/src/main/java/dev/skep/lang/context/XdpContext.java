package dev.skep.lang.context;

import dev.skep.lang.KernelName;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import org.jspecify.annotations.Nullable;

/** A packet in a network driver: {@code struct xdp_md} of linux/bpf.h. */
@KernelName("xdp_md")
public final class XdpContext extends PacketContext {
    @Unsigned
    int data;

    @Unsigned
    int data_end;

    @Unsigned
    int data_meta;
    /** Index of the interface that it arrived on. */
    @Unsigned
    public int ingress_ifindex;

    /** Queue of the interface that it arrived on. */
    @Unsigned
    public int rx_queue_index;

    /** Index of the interface that it leaves by, in programs of device maps. */
    @Unsigned
    public int egress_ifindex;

    @Override
    public <T extends Struct> @Nullable T packet(int offset, Class<T> type) {
        throw new NotInJavaException("packet");
    }

    @Override
    public int length() {
        throw new NotInJavaException("length");
    }
}
