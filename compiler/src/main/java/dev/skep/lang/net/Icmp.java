package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** The header of ICMP: 8 bytes (RFC 792), and of ICMPv6, which has the same fields (RFC 4443). */
@KernelName("icmphdr")
public final class Icmp extends Struct {
    /** Bytes of the header. */
    public static final int SIZE = 8;

    /** Type of ICMP: an echo's reply. */
    public static final int ECHO_REPLY = 0;

    /** Type of ICMP: the destination is unreachable. */
    public static final int UNREACHABLE = 3;

    /** Type of ICMP: an echo is asked for. */
    public static final int ECHO_REQUEST = 8;

    /** Type of ICMP: the packet has lived too long. */
    public static final int TIME_EXCEEDED = 11;

    /** Type of ICMPv6: the destination is unreachable. */
    public static final int V6_UNREACHABLE = 1;

    /** Type of ICMPv6: the packet is too big. */
    public static final int V6_TOO_BIG = 2;

    /** Type of ICMPv6: the packet has lived too long. */
    public static final int V6_TIME_EXCEEDED = 3;

    /** Type of ICMPv6: an echo is asked for. */
    public static final int V6_ECHO_REQUEST = 128;

    /** Type of ICMPv6: an echo's reply. */
    public static final int V6_ECHO_REPLY = 129;

    /** Type of ICMPv6: who has this address? (RFC 4861) */
    public static final int V6_NEIGHBOR_SOLICITATION = 135;

    /** Type of ICMPv6: I have. */
    public static final int V6_NEIGHBOR_ADVERTISEMENT = 136;

    /** What it is about. */
    @Unsigned
    public byte type;

    /** More about it. */
    @Unsigned
    public byte code;

    /** Checksum. */
    @BigEndian
    @Unsigned
    public short checksum;

    /** Of an echo, which one's. */
    @BigEndian
    @Unsigned
    public short identifier;

    /** Of an echo, its number; of {@link #UNREACHABLE} the size of packets that would pass. */
    @BigEndian
    @Unsigned
    public short sequence;
}
