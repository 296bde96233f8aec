package dev.skep.engine.capture;

import java.io.IOException;

/**
 * Writes a capture one packet after the other, in constant memory and without allocating for a packet. Closing it writes
 * what is buffered and closes the stream. Not thread-safe.
 */
public sealed interface CaptureWriter extends AutoCloseable permits PcapWriter, PcapngWriter {
    /**
     * Writes one packet.
     *
     * @param interfaceIndex an interface of this writer, counted from 0
     * @param timestampNanos nanoseconds since 1970
     * @param buffer the array the packet is in, {@code capturedLength} bytes from {@code offset} on
     * @param originalLength bytes on the wire; at least {@code capturedLength}
     * @param note what is said about the packet; a format without room for it leaves it out
     * @throws IllegalArgumentException if a length is negative or above {@link CaptureReader#MAX_PACKET_LENGTH}, or there is
     *     no such interface
     * @throws IOException if writing fails
     */
    void write(
            int interfaceIndex,
            long timestampNanos,
            byte[] buffer,
            int offset,
            int capturedLength,
            int originalLength,
            PacketNote note)
            throws IOException;

    /** Writes a whole packet on the first interface, with nothing said about it. */
    default void write(long timestampNanos, byte[] packet) throws IOException {
        write(0, timestampNanos, packet, 0, packet.length, packet.length, PacketNote.NONE);
    }

    /** Hands everything written so far to the stream. */
    void flush() throws IOException;

    @Override
    void close() throws IOException;
}
