package dev.skep.engine.capture;

import dev.skep.object.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a capture one packet after the other, in constant memory and without allocating for a packet.
 *
 * <pre>{@code
 * try (CaptureReader reader = CaptureReader.open(stream, "mixed.pcapng")) {
 *     while (reader.next()) {
 *         use(reader.buffer(), reader.offset(), reader.capturedLength());
 *     }
 * }
 * }</pre>
 *
 * <p>A malformed capture is noticed when its bad place is reached, so every packet before that has been handed out. Not
 * thread-safe.
 */
public abstract sealed class CaptureReader implements AutoCloseable permits PcapReader, PcapngReader {
    /**
     * The longest packet accepted, in bytes. Far above what networks carry (a BIG TCP segment is at most 512 KiB); a
     * longer one is a damaged length field.
     */
    public static final int MAX_PACKET_LENGTH = 1 << 20;

    final ByteWindow window;
    int packetOffset;
    int capturedLength;
    int originalLength;
    long timestampNanos;
    long packetPosition;
    int interfaceIndex;
    CaptureInterface packetInterface = CaptureInterface.of(LinkType.ETHERNET);
    private long packets;
    private boolean ended;

    CaptureReader(ByteWindow window) {
        this.window = window;
    }

    /**
     * Recognises the format by its first bytes (pcap with micro- or nanoseconds, pcapng; both byte orders) and reads the
     * file's header.
     *
     * @param stream read in large pieces, so buffering it is of no use; closed with the reader
     * @param source the stream's name in error messages, for example a path
     * @throws InputException if this is no capture, or one of a kind that is not read
     * @throws IOException if reading fails
     */
    public static CaptureReader open(InputStream stream, String source) throws IOException {
        return CaptureFormat.open(new ByteWindow(stream, source));
    }

    /**
     * Moves on to the next packet. The one before is gone then.
     *
     * @return false at the end of the capture, and after an error
     * @throws InputException at a malformed place, with its byte offset
     * @throws IOException if reading fails
     */
    public final boolean next() throws IOException {
        if (ended) {
            return false;
        }
        ended = true;
        boolean found = read();
        ended = !found;
        packets += found ? 1 : 0;
        return found;
    }

    /** Reads the next packet into the fields above; false at the end. */
    abstract boolean read() throws IOException;

    /** {@code pcap} or {@code pcapng}. */
    public abstract String format();

    /** The array with the current packet. Valid until {@link #next} is called again, and not to be written to. */
    public final byte[] buffer() {
        return window.buffer();
    }

    /** Index in {@link #buffer} of the current packet's first byte. */
    public final int offset() {
        return packetOffset;
    }

    /** The bytes of the current packet that were captured, 0..{@link #MAX_PACKET_LENGTH}. */
    public final int capturedLength() {
        return capturedLength;
    }

    /** The bytes the current packet had on the wire; more than {@link #capturedLength} if it was cut by a snap length. */
    public final int originalLength() {
        return originalLength;
    }

    /** Nanoseconds since 1970; 0 if the packet has no time (pcapng's simple packet block). */
    public final long timestampNanos() {
        return timestampNanos;
    }

    /** Where the current packet's record or block starts in the file, in bytes. */
    public final long position() {
        return packetPosition;
    }

    /** The interface of the current packet, counted from 0 within the section of the file. */
    public final int interfaceIndex() {
        return interfaceIndex;
    }

    /** The interface of the current packet; before the first packet, the first interface if the file's header tells it. */
    public final CaptureInterface packetInterface() {
        return packetInterface;
    }

    /** What the current packet starts with. */
    public final LinkType linkType() {
        return packetInterface.linkType();
    }

    /** How many packets {@link #next} has handed out. */
    public final long packets() {
        return packets;
    }

    /** The current packet's first comment, if it has one (pcapng). */
    public Optional<String> comment() {
        return Optional.empty();
    }

    /** Blocks that were passed over since they hold no packets: names, statistics, secrets, unknown ones (pcapng). */
    public long skippedBlocks() {
        return 0;
    }

    @Override
    public final void close() throws IOException {
        window.close();
    }

    /** Refuses a length that only a damaged file has. */
    final int checkedLength(long claimed, long where) {
        if (claimed > MAX_PACKET_LENGTH) {
            throw window.error(
                    where,
                    "a packet claims " + claimed + " captured bytes, more than the " + MAX_PACKET_LENGTH
                            + " a packet can have",
                    "the file is damaged here");
        }
        return (int) claimed;
    }

    /** A packet's length on the wire as an int: lengths above 2 GiB, which only a damaged file has, are capped. */
    static int wireLength(long claimed) {
        return (int) Math.min(claimed, Integer.MAX_VALUE);
    }
}
