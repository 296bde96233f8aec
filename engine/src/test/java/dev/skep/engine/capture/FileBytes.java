package dev.skep.engine.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts a capture file together field by field, in either byte order, so that tests state the format on their own. */
final class FileBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final boolean bigEndian;

    FileBytes(boolean bigEndian) {
        this.bigEndian = bigEndian;
    }

    FileBytes int8(int value) {
        out.write(value);
        return this;
    }

    FileBytes int16(int value) {
        return bigEndian ? int8(value >>> 8).int8(value) : int8(value).int8(value >>> 8);
    }

    FileBytes int32(long value) {
        return bigEndian
                ? int16((int) (value >>> 16)).int16((int) value)
                : int16((int) value).int16((int) (value >>> 16));
    }

    FileBytes bytes(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    FileBytes text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Zero bytes up to a multiple of 4. */
    FileBytes align() {
        while (out.size() % 4 != 0) {
            out.write(0);
        }
        return this;
    }

    byte[] toArray() {
        return out.toByteArray();
    }

    /** A pcap file header. */
    FileBytes pcapHeader(int magic, int snapLength, int linkType) {
        return int32(magic)
                .int16(2)
                .int16(4)
                .int32(0)
                .int32(0)
                .int32(snapLength)
                .int32(linkType);
    }

    /** A pcap record. */
    FileBytes pcapRecord(int seconds, int fraction, int originalLength, byte... packet) {
        return int32(seconds)
                .int32(fraction)
                .int32(packet.length)
                .int32(originalLength)
                .bytes(packet);
    }

    /** A pcapng block around {@code body}. */
    FileBytes block(int type, FileBytes body) {
        byte[] content = body.align().toArray();
        return int32(type).int32(content.length + 12).bytes(content).int32(content.length + 12);
    }

    /** An empty file or body in the same byte order. */
    FileBytes fresh() {
        return new FileBytes(bigEndian);
    }

    FileBytes sectionHeader() {
        return block(
                0x0a0d0d0a,
                fresh().int32(0x1a2b3c4d).int16(1).int16(0).int32(-1).int32(-1));
    }

    FileBytes interfaceDescription(int linkType, int snapLength, FileBytes options) {
        return block(1, fresh().int16(linkType).int16(0).int32(snapLength).bytes(options.toArray()));
    }

    FileBytes enhancedPacket(int interfaceIndex, long ticks, int originalLength, FileBytes options, byte... packet) {
        FileBytes body = fresh().int32(interfaceIndex).int32(ticks >>> 32).int32(ticks);
        body.int32(packet.length).int32(originalLength).bytes(packet).align();
        return block(6, body.bytes(options.toArray()));
    }

    FileBytes option(int code, FileBytes value) {
        byte[] content = value.toArray();
        return int16(code).int16(content.length).bytes(content).align();
    }

    /** A packet as it was read. */
    record Packet(long timestampNanos, int originalLength, LinkType linkType, int interfaceIndex, List<Byte> bytes) {}

    /** All packets that a reader has left. */
    static List<Packet> packets(CaptureReader reader) throws Exception {
        List<Packet> packets = new ArrayList<>();
        while (reader.next()) {
            packets.add(current(reader));
        }
        return packets;
    }

    static Packet current(CaptureReader reader) {
        List<Byte> bytes = new ArrayList<>();
        for (int i = 0; i < reader.capturedLength(); i++) {
            bytes.add(reader.buffer()[reader.offset() + i]);
        }
        return new Packet(
                reader.timestampNanos(), reader.originalLength(), reader.linkType(), reader.interfaceIndex(), bytes);
    }
}
