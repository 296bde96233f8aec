package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;

/** The header of VXLAN: 8 bytes, behind UDP (RFC 7348). An Ethernet frame follows. */
@KernelName("vxlanhdr")
public final class Vxlan extends Struct {
    /** Bytes of the header. */
    public static final int SIZE = 8;

    /** The port of UDP that it is sent to. */
    public static final int PORT = 4789;

    /** Flags: {@code 0x08000000} if the identifier counts. */
    @BigEndian
    public int flags;

    /** The network in the upper 24 bits. */
    @BigEndian
    public int network;

    /** The identifier of the network (VNI): 0 to 16,777,215. */
    public int identifier() {
        return network >>> 8;
    }

    /** True if the header says which network it is. */
    public boolean hasIdentifier() {
        return (flags & 0x0800_0000) != 0;
    }
}
