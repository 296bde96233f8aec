package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** What extension headers of IPv6 start with (RFC 8200, section 4). All have 8 bytes at least. */
@KernelName("skep_ipv6_extension")
public final class Ipv6Extension extends Struct {
    /** Header: options for each router. */
    public static final int HOP_BY_HOP = 0;

    /** Header: routers to visit. */
    public static final int ROUTING = 43;

    /** Header: a part of a packet. */
    public static final int FRAGMENT = 44;

    /** Header: authentication (RFC 4302). */
    public static final int AUTHENTICATION = 51;

    /** Header: options for the destination. */
    public static final int DESTINATION = 60;

    /** Protocol of what follows. */
    @Unsigned
    public byte nextHeader;

    /** Its length, in units that depend on what it is. */
    @Unsigned
    public byte length;

    /** Of {@link #FRAGMENT} the offset in the upper 13 bits; nothing that counts elsewhere. */
    @BigEndian
    @Unsigned
    public short fragment;

    /** True for the headers above; what others are is not known, so what follows them is not either. */
    public static boolean is(int protocol) {
        return protocol == HOP_BY_HOP
                || protocol == ROUTING
                || protocol == FRAGMENT
                || protocol == AUTHENTICATION
                || protocol == DESTINATION;
    }

    /** Bytes of the header: 8 to 2048. @param protocol which header it is */
    public int headerLength(int protocol) {
        if (protocol == FRAGMENT) {
            return 8;
        }
        return protocol == AUTHENTICATION ? (length + 2) * 4 : (length + 1) * 8;
    }
}
