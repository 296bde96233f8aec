package dev.skep.engine.capture;

import java.io.IOException;
import java.util.List;

/** Tells capture formats, and files that are something else, by their first bytes. */
final class CaptureFormat {
    /** A kind of file that people mistake for a capture. */
    private record Other(String firstBytes, String what, String advice) {}

    private static final String PCAP_OR_PCAPNG = "a pcap or pcapng file is needed";

    /** First bytes in hex; most from file(1)'s public descriptions of each format. */
    private static final List<Other> OTHERS = List.of(
            new Other("1f8b", "gzip-compressed", "unpack it first: gunzip -c FILE | skep run ... --pcap -"),
            new Other("28b52ffd", "zstd-compressed", "unpack it first: zstd -dc FILE | skep run ... --pcap -"),
            new Other("fd377a585a00", "xz-compressed", "unpack it first: xz -dc FILE | skep run ... --pcap -"),
            new Other("04224d18", "lz4-compressed", "unpack it first: lz4 -dc FILE | skep run ... --pcap -"),
            new Other("425a68", "bzip2-compressed", "unpack it first: bzip2 -dc FILE | skep run ... --pcap -"),
            new Other("504b0304", "a zip archive", "unpack it first"),
            new Other("7f454c46", "an ELF object", "the object comes first and the capture after --pcap"),
            new Other("736e6f6f70000000", "a snoop capture (RFC 1761)", "convert it: editcap -F pcapng IN OUT"),
            new Other("a1b2cd34", "a 'modified' pcap (big-endian)", "convert it: editcap -F pcapng IN OUT"),
            new Other("34cdb2a1", "a 'modified' pcap (little-endian)", "convert it: editcap -F pcapng IN OUT"));

    private CaptureFormat() {}

    static CaptureReader open(ByteWindow window) throws IOException {
        int there = window.fill(8);
        if (there == 0) {
            throw window.error(0, "the file is empty", PCAP_OR_PCAPNG);
        }
        if (there >= 4) {
            switch (window.int32(0)) {
                case PcapReader.MAGIC_MICROS -> {
                    return new PcapReader(window, false, 1_000);
                }
                case PcapReader.MAGIC_NANOS -> {
                    return new PcapReader(window, false, 1);
                }
                case PcapngFormat.SECTION_HEADER -> {
                    return new PcapngReader(window);
                }
                default -> {}
            }
            switch (Integer.reverseBytes(window.int32(0))) {
                case PcapReader.MAGIC_MICROS -> {
                    return new PcapReader(window, true, 1_000);
                }
                case PcapReader.MAGIC_NANOS -> {
                    return new PcapReader(window, true, 1);
                }
                default -> {}
            }
        }
        throw notACapture(window, there);
    }

    private static RuntimeException notACapture(ByteWindow window, int there) {
        StringBuilder first = new StringBuilder();
        for (int i = 0; i < there; i++) {
            first.append(Character.forDigit(window.uint8(i) >>> 4, 16));
            first.append(Character.forDigit(window.uint8(i) & 0xf, 16));
        }
        for (Other other : OTHERS) {
            if (first.toString().startsWith(other.firstBytes)) {
                return window.error(0, "this is " + other.what + ", not a capture", other.advice);
            }
        }
        return window.error(0, "this is no capture: it starts with the bytes " + first, PCAP_OR_PCAPNG);
    }
}
