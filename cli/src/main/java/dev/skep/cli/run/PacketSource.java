package dev.skep.cli.run;

import dev.skep.cli.input.HexBytes;
import dev.skep.cli.input.InputFile;
import dev.skep.engine.capture.CaptureInterface;
import dev.skep.engine.capture.CaptureReader;
import dev.skep.engine.capture.LinkType;
import dev.skep.engine.capture.PcapWriter;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where the packets come from.
 *
 * @param shownName what messages call it
 * @param capture opens it, from its beginning
 */
record PacketSource(String shownName, Capture capture) {
    /** A capture file as a stream. */
    interface Capture {
        InputStream open() throws IOException;
    }

    /** The packets of a capture. */
    static PacketSource of(InputFile file) {
        return new PacketSource(file.shownName(), file::open);
    }

    /**
     * One Ethernet frame.
     *
     * @param digits hexadecimal, two for each byte
     * @throws InputException if they are none
     */
    static PacketSource ofPacket(String digits) throws IOException {
        byte[] packet = HexBytes.parse(digits, Location.in("--packet"));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file, CaptureInterface.of(LinkType.ETHERNET))) {
            writer.write(0, packet);
        }
        return new PacketSource("--packet", () -> new ByteArrayInputStream(file.toByteArray()));
    }

    /** Opens it. @throws InputException at once if the program cannot be given its packets */
    CaptureReader open(LinkLayer link, String programType) throws IOException {
        CaptureReader reader = CaptureReader.open(capture.open(), shownName);
        if (!link.takes(reader.linkType())) {
            String linkType = reader.linkType().toString();
            reader.close();
            throw new InputException(
                    Location.in(shownName),
                    "its packets are of link type " + linkType + ", which a program of type " + programType
                            + " cannot be given",
                    "capture on an Ethernet interface");
        }
        return reader;
    }
}
