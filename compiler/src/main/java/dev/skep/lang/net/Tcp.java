package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** The header of TCP, without options: 20 bytes (RFC 9293). */
@KernelName("tcphdr")
public final class Tcp extends Struct {
    /** Bytes of the header without options. */
    public static final int SIZE = 20;

    /** Flag: no more data. */
    public static final int FIN = 1;

    /** Flag: a new connection. */
    public static final int SYN = 2;

    /** Flag: connection refused or aborted. */
    public static final int RST = 4;

    /** Flag: deliver at once. */
    public static final int PSH = 8;

    /** Flag: the acknowledgement counts. */
    public static final int ACK = 16;

    /** Port that it comes from. */
    @BigEndian
    @Unsigned
    public short source;

    /** Port that it goes to. */
    @BigEndian
    @Unsigned
    public short destination;

    /** Number of the first byte of data. */
    @BigEndian
    public int sequence;

    /** Number of the byte that is expected next. */
    @BigEndian
    public int acknowledgement;

    /** Length of the header in words of 4 bytes in the upper 4 bits. */
    @Unsigned
    public byte lengthAndReserved;

    /** Its flags. */
    @Unsigned
    public byte flags;

    /** How many bytes may be sent. */
    @BigEndian
    @Unsigned
    public short window;

    /** Checksum. */
    @BigEndian
    @Unsigned
    public short checksum;

    /** Where urgent data ends. */
    @BigEndian
    @Unsigned
    public short urgent;

    /** Bytes of the header with its options: 0 to 60, at least 20 if it is sound. */
    public int headerLength() {
        return (lengthAndReserved & 0xf0) >>> 2;
    }
}
