package dev.skep.engine.capture;

/** Numbers of the pcapng format: draft-ietf-opsawg-pcapng, sections 3.5 (options) and 4 (blocks). */
final class PcapngFormat {
    /** Block types. The section header's reads the same in both byte orders. */
    static final int SECTION_HEADER = 0x0a0d0d0a;

    static final int INTERFACE_DESCRIPTION = 1;
    /** The obsolete packet block. */
    static final int PACKET = 2;

    static final int SIMPLE_PACKET = 3;
    static final int ENHANCED_PACKET = 6;

    /** The byte-order magic of a section header as read in the section's own order. */
    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    static final int VERSION_MAJOR = 1;
    static final int VERSION_MINOR = 0;

    /** Type and total length before the body, total length again after it. */
    static final int BLOCK_OVERHEAD = 12;

    /** Options of any block. */
    static final int OPT_END = 0;

    static final int OPT_COMMENT = 1;

    /** Options of a section header. */
    static final int SHB_USERAPPL = 4;

    /** Options of an interface description. */
    static final int IF_NAME = 2;

    static final int IF_DESCRIPTION = 3;
    static final int IF_TSRESOL = 9;
    static final int IF_TSOFFSET = 14;

    /** Options of an enhanced packet block. */
    static final int EPB_FLAGS = 2;

    static final int EPB_VERDICT = 7;

    private PcapngFormat() {}

    /** {@code length} rounded up to the 32-bit boundary that blocks and options are padded to. */
    static int padded(int length) {
        return (length + 3) & ~3;
    }
}
