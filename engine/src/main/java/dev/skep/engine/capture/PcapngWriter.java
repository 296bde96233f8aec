package dev.skep.engine.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes pcapng: one little-endian section, interfaces with nanosecond clocks, an enhanced packet block for each packet.
 */
public final class PcapngWriter implements CaptureWriter {
    private static final int NANOSECONDS = 9;
    private static final int MAX_OPTION_LENGTH = 65_535;

    private final ByteSink sink;
    private int interfaces;

    /**
     * Writes the section's header. At least one interface must be added before the first packet.
     *
     * @param application what the file says it was written by, for example {@code skep 0.1.0}
     */
    public PcapngWriter(OutputStream stream, String application) throws IOException {
        sink = new ByteSink(stream);
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        textOption(options, PcapngFormat.SHB_USERAPPL, application);
        option(options, PcapngFormat.OPT_END, new byte[0], 0);
        int length = PcapngFormat.BLOCK_OVERHEAD + 16 + options.size();
        sink.int32(PcapngFormat.SECTION_HEADER);
        sink.int32(length);
        sink.int32(PcapngFormat.BYTE_ORDER_MAGIC);
        sink.int16(PcapngFormat.VERSION_MAJOR);
        sink.int16(PcapngFormat.VERSION_MINOR);
        // The section's length is not known while streaming: -1, 64 bits wide.
        sink.int32(-1);
        sink.int32(-1);
        sink.bytes(options.toByteArray(), 0, options.size());
        sink.int32(length);
    }

    /**
     * Describes one more interface.
     *
     * @param description a line of text about it, "" for none
     * @return its index, counted from 0
     */
    public int addInterface(CaptureInterface as, String description) throws IOException {
        ByteArrayOutputStream options = new ByteArrayOutputStream();
        if (!as.name().isEmpty()) {
            textOption(options, PcapngFormat.IF_NAME, as.name());
        }
        if (!description.isEmpty()) {
            textOption(options, PcapngFormat.IF_DESCRIPTION, description);
        }
        option(options, PcapngFormat.IF_TSRESOL, new byte[] {NANOSECONDS}, 1);
        option(options, PcapngFormat.OPT_END, new byte[0], 0);
        int length = PcapngFormat.BLOCK_OVERHEAD + 8 + options.size();
        sink.int32(PcapngFormat.INTERFACE_DESCRIPTION);
        sink.int32(length);
        sink.int16(as.linkType().number());
        sink.int16(0);
        sink.int32(as.snapLength());
        sink.bytes(options.toByteArray(), 0, options.size());
        sink.int32(length);
        return interfaces++;
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
        Objects.checkIndex(interfaceIndex, interfaces);
        Objects.checkFromIndexSize(offset, capturedLength, buffer.length);
        if (capturedLength > CaptureReader.MAX_PACKET_LENGTH) {
            throw new IllegalArgumentException("a packet of " + capturedLength + " bytes");
        }
        byte[] options = note.encoded();
        int length = PcapngFormat.BLOCK_OVERHEAD + 20 + PcapngFormat.padded(capturedLength) + options.length;
        sink.int32(PcapngFormat.ENHANCED_PACKET);
        sink.int32(length);
        sink.int32(interfaceIndex);
        sink.int32((int) (timestampNanos >>> 32));
        sink.int32((int) timestampNanos);
        sink.int32(capturedLength);
        sink.int32(Math.max(capturedLength, originalLength));
        sink.bytes(buffer, offset, capturedLength);
        sink.zeros(PcapngFormat.padded(capturedLength) - capturedLength);
        sink.bytes(options, 0, options.length);
        sink.int32(length);
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    private static void textOption(ByteArrayOutputStream out, int code, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        option(out, code, bytes, Math.min(bytes.length, MAX_OPTION_LENGTH));
    }

    /** Appends an option with the first {@code length} bytes of {@code value}, padded. */
    static void option(ByteArrayOutputStream out, int code, byte[] value, int length) {
        out.write(code);
        out.write(code >>> 8);
        out.write(length);
        out.write(length >>> 8);
        out.write(value, 0, length);
        for (int i = length; i < PcapngFormat.padded(length); i++) {
            out.write(0);
        }
    }
}
