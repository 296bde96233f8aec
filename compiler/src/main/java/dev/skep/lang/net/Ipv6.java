package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** The header of an IPv6 packet: 40 bytes (RFC 8200). */
@KernelName("ipv6hdr")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class Ipv6 extends Struct {
    /** Bytes of the header. */
    public static final int SIZE = 40;

    /** Protocol number of ICMPv6. */
    public static final int ICMP = 58;

    /** Version in the upper 4 bits, traffic class, flow label. */
    @BigEndian
    public int versionAndFlow;

    /** Bytes that follow. */
    @BigEndian
    @Unsigned
    public short payloadLength;

    /** Protocol of what follows. */
    @Unsigned
    public byte nextHeader;

    /** How many routers it may still pass. */
    @Unsigned
    public byte hopLimit;

    /** Address that it comes from. */
    @Length(16)
    @Unsigned
    public byte[] source;

    /** Address that it goes to. */
    @Length(16)
    @Unsigned
    public byte[] destination;
}
