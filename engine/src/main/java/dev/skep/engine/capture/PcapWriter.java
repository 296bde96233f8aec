package dev.skep.engine.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Writes pcap with nanosecond times, little-endian, one interface. Notes about packets have no place in this format. */
public final class PcapWriter implements CaptureWriter {
    private static final int DEFAULT_SNAP_LENGTH = 262_144;

    private final ByteSink sink;

    /**
     * Writes the file's header.
     *
     * @param as its link type and snap length; 0 is written as 262144, which tools take for "not limited"
     */
    public PcapWriter(OutputStream stream, CaptureInterface as) throws IOException {
        sink = new ByteSink(stream);
        sink.int32(PcapReader.MAGIC_NANOS);
        sink.int16(PcapReader.VERSION_MAJOR);
        sink.int16(PcapReader.VERSION_MINOR);
        sink.int32(0);
        sink.int32(0);
        sink.int32(as.snapLength() == 0 ? DEFAULT_SNAP_LENGTH : as.snapLength());
        sink.int32(as.linkType().number());
    }

    @Override
    public void write(
            int interfaceIndex,
            long timestampNanos,
            byte[] buffer,
            int offset,
            int capturedLength,
            int originalLength,
            PacketNote note)
            throws IOException {
        Objects.requireNonNull(note);
        Objects.checkFromIndexSize(offset, capturedLength, buffer.length);
        if (interfaceIndex != 0 || capturedLength > CaptureReader.MAX_PACKET_LENGTH) {
            throw new IllegalArgumentException("interface " + interfaceIndex + ", " + capturedLength + " bytes");
        }
        sink.int32((int) Math.floorDiv(timestampNanos, 1_000_000_000L));
        sink.int32((int) Math.floorMod(timestampNanos, 1_000_000_000L));
        sink.int32(capturedLength);
        sink.int32(Math.max(capturedLength, originalLength));
        sink.bytes(buffer, offset, capturedLength);
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
