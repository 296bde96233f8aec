package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** The header of an IPv4 packet, without options: 20 bytes (RFC 791). */
@KernelName("iphdr")
public final class Ipv4 extends Struct {
    /** Bytes of the header without options. */
    public static final int SIZE = 20;

    /** Protocol number of ICMP. */
    public static final int ICMP = 1;

    /** Protocol number of TCP. */
    public static final int TCP = 6;

    /** Protocol number of UDP. */
    public static final int UDP = 17;

    /** Protocol number of GRE. */
    public static final int GRE = 47;

    /** Version in the upper 4 bits, length of the header in words of 4 bytes in the lower. */
    @Unsigned
    public byte versionAndLength;

    /** Class of service and congestion bits. */
    @Unsigned
    public byte typeOfService;

    /** Bytes of header and data. */
    @BigEndian
    @Unsigned
    public short totalLength;

    /** Number that fragments of a packet share. */
    @BigEndian
    @Unsigned
    public short identification;

    /** Flags in the upper 3 bits, offset in units of 8 bytes. */
    @BigEndian
    @Unsigned
    public short fragment;

    /** How many routers it may still pass. */
    @Unsigned
    public byte timeToLive;

    /** Protocol of what follows. */
    @Unsigned
    public byte protocol;

    /** Checksum of the header. */
    @BigEndian
    @Unsigned
    public short checksum;

    /** Address that it comes from. */
    @BigEndian
    public int source;

    /** Address that it goes to. */
    @BigEndian
    public int destination;

    /** Bytes of the header with its options: 0 to 60, at least 20 if the packet is sound. */
    public int headerLength() {
        return (versionAndLength & 0xf) * 4;
    }
}
