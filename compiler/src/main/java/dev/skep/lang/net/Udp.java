package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** The header of UDP: 8 bytes (RFC 768). */
@KernelName("udphdr")
public final class Udp extends Struct {
    /** Bytes of the header. */
    public static final int SIZE = 8;

    /** Port that it comes from. */
    @BigEndian
    @Unsigned
    public short source;

    /** Port that it goes to. */
    @BigEndian
    @Unsigned
    public short destination;

    /** Bytes of header and data. */
    @BigEndian
    @Unsigned
    public short length;

    /** Checksum, 0 if none. */
    @BigEndian
    @Unsigned
    public short checksum;
}
