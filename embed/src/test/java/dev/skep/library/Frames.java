package dev.skep.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Frames for tests of the library: those of a capture, and some of which each byte is written down. */
final class Frames {
    /** Of a classic capture: bytes before the first packet, before each packet, and where its length is in these. */
    private static final int FILE_HEADER = 24;

    private static final int RECORD_HEADER = 16;
    private static final int CAPTURED_LENGTH = 8;

    private static final String ADDRESSES = "020000000001 020000000002 ";

    private Frames() {}

    /** The frames of {@code examples/captures/mixed.pcap}. */
    static List<byte[]> captured() {
        ByteBuffer capture;
        try {
            capture = ByteBuffer.wrap(Files.readAllBytes(Path.of("../examples/captures/mixed.pcap")))
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<byte[]> frames = new ArrayList<>();
        for (int at = FILE_HEADER; at < capture.limit(); ) {
            byte[] frame = new byte[capture.getInt(at + CAPTURED_LENGTH)];
            capture.get(at + RECORD_HEADER, frame);
            frames.add(frame);
            at += RECORD_HEADER + frame.length;
        }
        return frames;
    }

    /** Ethernet with this behind its addresses, in hexadecimal digits with any spaces. */
    static byte[] ethernet(String rest) {
        return HexFormat.of().parseHex((ADDRESSES + rest).replaceAll("\\s", ""));
    }
}
