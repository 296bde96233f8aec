package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** The header of GRE, without what its flags add: 4 bytes (RFC 2784, RFC 2890). */
@KernelName("gre_base_hdr")
public final class Gre extends Struct {
    /** Bytes of the header without what its flags add. */
    public static final int SIZE = 4;

    /** Flag: a checksum and 2 bytes of nothing follow. */
    public static final int CHECKSUM = 0x8000;

    /** Flag: a key follows. */
    public static final int KEY = 0x2000;

    /** Flag: a sequence number follows. */
    public static final int SEQUENCE = 0x1000;

    /** Flags, and the version in the lower 3 bits. */
    @BigEndian
    @Unsigned
    public short flags;

    /** EtherType of what it carries. */
    @BigEndian
    @Unsigned
    public short protocol;

    /** Bytes of the header with what its flags add: 4 to 16. */
    public int headerLength() {
        return SIZE + ((flags & CHECKSUM) >>> 13) + ((flags & KEY) >>> 11) + ((flags & SEQUENCE) >>> 10);
    }
}
