package dev.skep.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
    private static CaptureReader open(FileBytes file) throws Exception {
        return CaptureReader.open(new ByteArrayInputStream(file.toArray()), "in.pcap");
    }

    @ParameterizedTest
    @CsvSource({
        "false, 0xa1b2c3d4, 1000000007000",
        "true, 0xa1b2c3d4, 1000000007000",
        "false, 0xa1b23c4d, 1000000000007",
        "true, 0xa1b23c4d, 1000000000007"
    })
    void bothByteOrdersAndBothTimeUnitsAreRead(boolean bigEndian, String magic, long nanos) throws Exception {
        FileBytes file = new FileBytes(bigEndian)
                .pcapHeader(Long.decode(magic).intValue(), 96, 1)
                .pcapRecord(1000, 7, 5, (byte) 1, (byte) 2, (byte) 3)
                .pcapRecord(1000, 7, 0);
        try (CaptureReader reader = open(file)) {
            assertThat(reader.format()).isEqualTo("pcap");
            assertThat(reader.packetInterface()).isEqualTo(new CaptureInterface(LinkType.ETHERNET, 96, ""));
            assertThat(FileBytes.packets(reader))
                    .containsExactly(
                            new FileBytes.Packet(nanos, 5, LinkType.ETHERNET, 0, List.of((byte) 1, (byte) 2, (byte) 3)),
                            new FileBytes.Packet(nanos, 0, LinkType.ETHERNET, 0, List.of()));
            assertThat(reader.packets()).isEqualTo(2);
            assertThat(reader.next()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, LINKTYPE_NULL",
        "12, LINKTYPE_RAW",
        "14, LINKTYPE_RAW",
        "113, LINKTYPE_LINUX_SLL",
        "147, LINKTYPE_USER0"
    })
    void theLinkTypeIsTold(int number, String name) throws Exception {
        try (CaptureReader reader = open(new FileBytes(false).pcapHeader(PcapReader.MAGIC_MICROS, 0, number))) {
            assertThat(reader.linkType()).hasToString(name);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void theLengthOfFrameCheckSequencesIsNotPartOfTheLinkType() throws Exception {
        try (CaptureReader reader = open(new FileBytes(false).pcapHeader(PcapReader.MAGIC_MICROS, 0, 0x2400_0001))) {
            assertThat(reader.linkType()).isEqualTo(LinkType.ETHERNET);
        }
    }

    @Test
    void packetsBeforeTheCutAreReadAndTheCutIsToldWithItsOffset() throws Exception {
        byte[] whole = new FileBytes(false)
                .pcapHeader(PcapReader.MAGIC_MICROS, 0, 1)
                .pcapRecord(1, 1, 4, new byte[4])
                .pcapRecord(2, 2, 8, new byte[8])
                .toArray();
        for (int length = 24 + 20 + 1; length < whole.length; length++) {
            try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(whole, 0, length), "cut.pcap")) {
                assertThat(reader.next()).isTrue();
                assertThatThrownBy(reader::next)
                        .isInstanceOf(InputException.class)
                        .hasMessageStartingWith("cut.pcap: offset 0x2c: the file ends inside a packet");
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @Test
    void aForgedLengthIsRefusedWithItsOffset() throws Exception {
        FileBytes file = new FileBytes(false)
                .pcapHeader(PcapReader.MAGIC_MICROS, 0, 1)
                .int32(0)
                .int32(0)
                .int32(0xffff_fff0L)
                .int32(10);
        try (CaptureReader reader = open(file)) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(InputException.class)
                    .hasMessage("in.pcap: offset 0x20: a packet claims 4294967280 captured bytes, more than the 1048576"
                            + " a packet can have; the file is damaged here");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 23})
    void aCutHeaderIsAnError(int length) {
        byte[] header =
                new FileBytes(true).pcapHeader(PcapReader.MAGIC_MICROS, 0, 1).toArray();
        assertThatThrownBy(() -> CaptureReader.open(new ByteArrayInputStream(header, 0, length), "in.pcap"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the file ends inside the pcap header");
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 2", "3, 0"})
    void otherVersionsAreRefused(int major, int minor) {
        FileBytes file =
                new FileBytes(false).int32(PcapReader.MAGIC_MICROS).int16(major).int16(minor);
        file.int32(0).int32(0).int32(0).int32(1);
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("offset 0x4: pcap version " + major + "." + minor + " is not read");
    }
}
