package dev.skep.lang.context;

import dev.skep.lang.Helper;
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

    /** Bytes of the packet with its fragments. */
    @Helper("XDP_GET_BUFF_LEN")
    public long bufferLength() {
        throw new NotInJavaException("bufferLength");
    }

    /**
     * Copies bytes of the packet, also those that lie in its fragments: {@code bpf_xdp_load_bytes}. Since Linux 5.18.
     *
     * @param offset in bytes from the packet's start
     * @return 0, or a negative error number if the packet does not have all of its bytes
     */
    @Helper("XDP_LOAD_BYTES")
    public int load(int offset, Struct target) {
        throw new NotInJavaException("load");
    }

    /**
     * Overwrites bytes of the packet: {@code bpf_xdp_store_bytes}. Since Linux 5.18.
     *
     * @return 0, or a negative error number
     */
    @Helper("XDP_STORE_BYTES")
    public int store(int offset, Struct source) {
        throw new NotInJavaException("store");
    }
}
