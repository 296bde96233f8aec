package dev.skep.engine.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): sections, interface descriptions, and enhanced, simple and obsolete packet
 * blocks. All other blocks are passed over and counted.
 */
final class PcapngReader extends CaptureReader {
    /** More interfaces than any machine has; bounds what a forged file can make us remember. */
    private static final int MAX_INTERFACES = 1 << 16;
    /** Options beyond this size are passed over unread, and a description block longer than it is refused. */
    private static final int MAX_OPTIONS_LENGTH = 1 << 16;

    private static final int MAX_NAME_LENGTH = 256;
    private static final int SECTION_HEADER_LENGTH = 28;

    private record Described(CaptureInterface as, TimestampUnit unit) {}

    private final List<Described> interfaces = new ArrayList<>();
    private long skippedBlocks;
    /** Bytes of a packet block that were too many to load; passed over before the next block is read. */
    private long unread;
    /** The total length of the block those bytes belong to. */
    private long blockLength;

    /** The current packet's options in the window's buffer. */
    private int optionsStart;

    private int optionsEnd;
    private boolean bigEndian;

    PcapngReader(ByteWindow window) throws IOException {
        super(window);
        readSectionHeader();
        // Usually the description of the first interface follows at once: then the link type is known before a packet.
        if (window.fill(8) == 8 && window.int32(0) == PcapngFormat.INTERFACE_DESCRIPTION) {
            readInterface(blockLength());
            packetInterface = interfaces.getFirst().as;
        }
    }

    @Override
    public String format() {
        return "pcapng";
    }

    @Override
    public long skippedBlocks() {
        return skippedBlocks;
    }

    @Override
    boolean read() throws IOException {
        if (unread > 0) {
            skipRest(unread, blockLength, packetPosition);
            unread = 0;
        }
        while (window.fill(8) > 0) {
            window.require(8, "a block's header");
            int type = window.int32(0);
            switch (type) {
                case PcapngFormat.SECTION_HEADER -> readSectionHeader();
                case PcapngFormat.INTERFACE_DESCRIPTION -> readInterface(blockLength());
                case PcapngFormat.ENHANCED_PACKET -> {
                    readPacket(blockLength(), false);
                    return true;
                }
                case PcapngFormat.PACKET -> {
                    readPacket(blockLength(), true);
                    return true;
                }
                case PcapngFormat.SIMPLE_PACKET -> {
                    readSimplePacket(blockLength());
                    return true;
                }
                default -> {
                    long length = blockLength();
                    skipRest(length, length, window.position());
                    skippedBlocks++;
                }
            }
        }
        return false;
    }

    /** The total length that the block at the window's start claims, as far as it can be judged by itself. */
    private long blockLength() {
        long length = window.uint32(4);
        if (length < PcapngFormat.BLOCK_OVERHEAD || length % 4 != 0) {
            throw window.error(
                    window.position() + 4,
                    "a block claims a total length of " + length + " bytes, which is not a multiple of 4 from 12 on",
                    "the file is damaged here");
        }
        return length;
    }

    private void readSectionHeader() throws IOException {
        window.require(SECTION_HEADER_LENGTH, "a section header");
        window.bigEndian(false);
        bigEndian = switch (window.int32(8)) {
            case PcapngFormat.BYTE_ORDER_MAGIC -> false;
            case 0x4d3c2b1a -> true;
            default ->
                throw window.error(
                        window.position() + 8,
                        "a section header has the byte-order magic 0x" + Integer.toHexString(window.int32(8))
                                + " instead of 0x1a2b3c4d in either order",
                        "the file is damaged here");
        };
        window.bigEndian(bigEndian);
        long length = blockLength();
        int major = window.uint16(12);
        if (major != PcapngFormat.VERSION_MAJOR || length < SECTION_HEADER_LENGTH) {
            throw window.error(
                    window.position() + 12,
                    "a section header of pcapng version " + major + " and " + length + " bytes is not read",
                    "version 1 is the only one there is; the file is damaged here");
        }
        interfaces.clear();
        skipRest(length, length, window.position());
    }

    private void readInterface(long length) throws IOException {
        long position = window.position();
        if (length < 20 || length > MAX_OPTIONS_LENGTH) {
            throw window.error(
                    position + 4,
                    "an interface description claims a total length of " + length + " bytes; 20 to "
                            + MAX_OPTIONS_LENGTH + " make sense",
                    "the file is damaged here");
        }
        window.require((int) length, "an interface description");
        checkTrailer((int) length - 4, length, position);
        if (interfaces.size() == MAX_INTERFACES) {
            throw window.error(
                    position,
                    "a section describes more than " + MAX_INTERFACES + " interfaces",
                    "the file is damaged or made to exhaust memory");
        }
        interfaces.add(described((int) length, position));
        window.advance((int) length);
    }

    private Described described(int length, long position) {
        TimestampUnit unit = TimestampUnit.MICROS;
        String name = "";
        PcapngOptions options =
                new PcapngOptions(window.buffer(), window.start() + 16, window.start() + length - 4, bigEndian);
        while (options.next()) {
            switch (options.code()) {
                case PcapngFormat.IF_NAME -> name = options.text(MAX_NAME_LENGTH);
                case PcapngFormat.IF_TSRESOL -> {
                    if (options.length() >= 1) {
                        unit = unit.withResolution(options.uint8());
                    }
                }
                case PcapngFormat.IF_TSOFFSET -> {
                    if (options.length() >= 8) {
                        unit = unit.withOffset(options.int64());
                    }
                }
                default -> {}
            }
        }
        if (options.malformed()) {
            throw window.error(
                    position + 16 + options.badOffset(),
                    "an option of an interface description is longer than the block",
                    "the file is damaged here");
        }
        LinkType linkType = LinkType.ofFile(window.uint16(8));
        return new Described(new CaptureInterface(linkType, wireLength(window.uint32(12)), name), unit);
    }

    private void readPacket(long length, boolean obsolete) throws IOException {
        long position = window.position();
        window.require(28, "a packet block");
        long claimed = window.uint32(20);
        if (length < 32 || claimed > length - 32) {
            throw window.error(
                    position + 20,
                    "a packet claims " + claimed + " captured bytes in a block of " + length,
                    "the file is damaged here");
        }
        int captured = checkedLength(claimed, position + 20);
        long index = obsolete ? window.uint16(8) : window.uint32(8);
        Described described = interfaceAt(index, position + 8);
        timestampNanos = described.unit.nanos((window.uint32(12) << 32) | window.uint32(16));
        originalLength = wireLength(window.uint32(24));
        interfaceIndex = (int) index;
        loadPacket(described, length, 28, captured);
    }

    private void readSimplePacket(long length) throws IOException {
        long position = window.position();
        window.require(12, "a simple packet block");
        Described described = interfaceAt(0, position);
        long claimed = window.uint32(8);
        int snapLength = described.as.snapLength();
        long captured = snapLength == 0 ? claimed : Math.min(claimed, snapLength);
        if (length < 16 || captured > length - 16) {
            throw window.error(
                    position + 8,
                    "a packet claims " + claimed + " bytes in a block of " + length,
                    "the file is damaged here");
        }
        timestampNanos = 0;
        originalLength = wireLength(claimed);
        interfaceIndex = 0;
        loadPacket(described, length, 12, checkedLength(captured, position + 8));
    }

    /** Brings the packet whose bytes start at {@code dataOffset} of the block into the window, with its options if they fit. */
    private void loadPacket(Described described, long length, int dataOffset, int captured) throws IOException {
        long position = window.position();
        // A writer may leave out the padding only by lying about the block's length; the shorter of both is what is
        // there.
        int withData = (int) Math.min(length - 4, dataOffset + PcapngFormat.padded(captured));
        long options = length - 4 - withData;
        if (options <= MAX_OPTIONS_LENGTH) {
            window.require((int) length, "a packet block");
            checkTrailer((int) length - 4, length, position);
            optionsStart = window.start() + withData;
            optionsEnd = window.start() + (int) length - 4;
        } else {
            window.require(withData, "a packet block");
            optionsStart = 0;
            optionsEnd = 0;
            unread = length - withData;
            blockLength = length;
        }
        packetInterface = described.as;
        packetPosition = position;
        packetOffset = window.start() + dataOffset;
        capturedLength = captured;
        window.advance((int) (length - unread));
    }

    private Described interfaceAt(long index, long where) {
        if (index >= interfaces.size()) {
            throw window.error(
                    where,
                    "a packet belongs to interface " + index + ", but the section describes " + interfaces.size(),
                    "the file is damaged here");
        }
        return interfaces.get((int) index);
    }

    /** Checks the total length that is repeated at the end of a block, at {@code offset} from the window's start. */
    private void checkTrailer(int offset, long length, long blockPosition) {
        long trailer = window.uint32(offset);
        if (trailer != length) {
            throw window.error(
                    window.position() + offset,
                    "a block of " + length + " bytes ends with the length " + trailer,
                    "the file is damaged here, or between here and offset 0x" + Long.toHexString(blockPosition));
        }
    }

    /** Passes over the last {@code rest} of a block's {@code length} bytes. */
    private void skipRest(long rest, long length, long blockPosition) throws IOException {
        boolean complete = window.skip(rest - 4);
        if (!complete || window.fill(4) < 4) {
            throw window.error(
                    blockPosition,
                    "the file ends inside a block, at offset 0x" + Long.toHexString(window.position()),
                    "the capture was cut short; packets before this block are complete");
        }
        checkTrailer(0, length, blockPosition);
        window.advance(4);
    }

    @Override
    public Optional<String> comment() {
        PcapngOptions options = new PcapngOptions(window.buffer(), optionsStart, optionsEnd, bigEndian);
        while (options.next()) {
            if (options.code() == PcapngFormat.OPT_COMMENT) {
                return Optional.of(options.text(MAX_OPTIONS_LENGTH));
            }
        }
        return Optional.empty();
    }
}
