package dev.skep.engine.capture;

import java.io.IOException;

/**
 * Reads pcap (draft-ietf-opsawg-pcap): a 24-byte header, then for each packet a 16-byte record header and the bytes.
 */
final class PcapReader extends CaptureReader {
    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int MAGIC_NANOS = 0xa1b23c4d;
    static final int FILE_HEADER_LENGTH = 24;
    static final int RECORD_HEADER_LENGTH = 16;
    static final int VERSION_MAJOR = 2;
    static final int VERSION_MINOR = 4;

    private final int nanosPerTick;

    PcapReader(ByteWindow window, boolean bigEndian, int nanosPerTick) throws IOException {
        super(window);
        this.nanosPerTick = nanosPerTick;
        window.bigEndian(bigEndian);
        window.require(FILE_HEADER_LENGTH, "the pcap header");
        int major = window.uint16(4);
        int minor = window.uint16(6);
        // Before 2.3 the two lengths of a record came in the other order; no tool has written that since 1998.
        if (major != VERSION_MAJOR || minor < 3) {
            throw window.error(
                    4, "pcap version " + major + "." + minor + " is not read", "convert it: editcap -F pcapng IN OUT");
        }
        int snapLength = wireLength(window.uint32(16));
        // The upper half of the field tells the length of frame check sequences; the lower half is the link type.
        packetInterface = new CaptureInterface(LinkType.ofFile(window.int32(20) & 0xffff), snapLength, "");
        window.advance(FILE_HEADER_LENGTH);
    }

    @Override
    boolean read() throws IOException {
        if (window.fill(RECORD_HEADER_LENGTH) == 0) {
            return false;
        }
        window.require(RECORD_HEADER_LENGTH, "a packet's record header");
        long position = window.position();
        int captured = checkedLength(window.uint32(8), position + 8);
        window.require(RECORD_HEADER_LENGTH + captured, "a packet");
        timestampNanos = window.uint32(0) * 1_000_000_000L + window.uint32(4) * nanosPerTick;
        originalLength = wireLength(window.uint32(12));
        capturedLength = captured;
        packetPosition = position;
        packetOffset = window.start() + RECORD_HEADER_LENGTH;
        window.advance(RECORD_HEADER_LENGTH + captured);
        return true;
    }

    @Override
    public String format() {
        return "pcap";
    }
}
