package dev.skep.cli.run;

import dev.skep.engine.capture.CaptureReader;
import dev.skep.engine.capture.LinkType;
import dev.skep.object.program.ProgramType;

/**
 * Makes an Ethernet frame of every packet a program can be given. XDP programs see Ethernet frames and nothing else. Programs
 * that see socket buffers expect an Ethernet header too, or skip it: a packet captured without one (raw IP, Linux cooked
 * captures, BSD loopback) gets one with zero addresses and the right EtherType.
 */
final class LinkLayer {
    private static final int ETHERNET_HEADER = 14;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    /** Smaller values of an EtherType field are lengths or, in cooked captures, Linux's own kinds. */
    private static final int LOWEST_ETHERTYPE = 0x0600;

    private static final int COOKED_HEADER = 16;
    private static final int COOKED_PROTOCOL = 14;
    private static final int COOKED2_HEADER = 20;
    private static final int LOOPBACK_HEADER = 4;

    private final boolean ethernetOnly;
    private byte[] frame = new byte[2048];
    private byte[] buffer = frame;
    private int offset;
    private int length;

    LinkLayer(ProgramType type) {
        ethernetOnly = type == ProgramType.XDP;
    }

    /** True if packets of this kind can be made into what the program sees. */
    boolean takes(LinkType type) {
        return type.equals(LinkType.ETHERNET) || (!ethernetOnly && headerLength(type) >= 0);
    }

    private static int headerLength(LinkType type) {
        if (type.isRawIp()) {
            return 0;
        }
        if (type.equals(LinkType.LINUX_SLL)) {
            return COOKED_HEADER;
        }
        if (type.equals(LinkType.LINUX_SLL2)) {
            return COOKED2_HEADER;
        }
        return type.equals(LinkType.NULL) || type.equals(LinkType.LOOP) ? LOOPBACK_HEADER : -1;
    }

    /** Makes the frame of the reader's current packet. @return false if there is no such frame */
    boolean load(CaptureReader reader) {
        if (reader.linkType().equals(LinkType.ETHERNET)) {
            buffer = reader.buffer();
            offset = reader.offset();
            length = reader.capturedLength();
            return true;
        }
        int header = headerLength(reader.linkType());
        if (!takes(reader.linkType()) || reader.capturedLength() <= header) {
            return false;
        }
        int etherType = etherType(reader, header);
        if (etherType < LOWEST_ETHERTYPE) {
            return false;
        }
        build(reader, header, etherType);
        return true;
    }

    private static int etherType(CaptureReader reader, int header) {
        byte[] bytes = reader.buffer();
        int start = reader.offset();
        if (reader.linkType().equals(LinkType.LINUX_SLL)) {
            return uint16(bytes, start + COOKED_PROTOCOL);
        }
        if (reader.linkType().equals(LinkType.LINUX_SLL2)) {
            return uint16(bytes, start);
        }
        // The first half byte of an IP packet is its version; a loopback header's protocol family says the same.
        return switch ((bytes[start + header] & 0xff) >>> 4) {
            case 4 -> ETHERTYPE_IPV4;
            case 6 -> ETHERTYPE_IPV6;
            default -> 0;
        };
    }

    private void build(CaptureReader reader, int header, int etherType) {
        int payload = reader.capturedLength() - header;
        if (frame.length < ETHERNET_HEADER + payload) {
            frame = new byte[2 * (ETHERNET_HEADER + payload)];
        }
        frame[12] = (byte) (etherType >>> 8);
        frame[13] = (byte) etherType;
        System.arraycopy(reader.buffer(), reader.offset() + header, frame, ETHERNET_HEADER, payload);
        buffer = frame;
        offset = 0;
        length = ETHERNET_HEADER + payload;
    }

    private static int uint16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    /** The array with the frame; not to be written to. */
    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }
}
