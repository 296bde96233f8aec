package dev.skep.lang.context;

import dev.skep.lang.Context;
import dev.skep.lang.KernelName;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import org.jspecify.annotations.Nullable;

/** A packet in a network driver: {@code struct xdp_md} of linux/bpf.h. */
@KernelName("xdp_md")
public final class XdpContext extends Context {
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

    /**
     * A part of the packet; {@code null} unless the packet has all of its bytes.
     *
     * @param offset in bytes from the packet's start; any number, those beyond 65535 give {@code null}
     * @param type a struct that fits the protocol: a class literal
     */
    public <T extends Struct> @Nullable T packet(int offset, Class<T> type) {
        throw new NotInJavaException("packet");
    }

    /** The number of bytes of the packet that {@link #packet} can reach. */
    public int length() {
        throw new NotInJavaException("length");
    }
}
