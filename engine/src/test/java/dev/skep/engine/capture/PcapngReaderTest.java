package dev.skep.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final int ETHERNET = 1;
    private static final int RAW = 101;

    private static CaptureReader open(FileBytes file) throws Exception {
        return CaptureReader.open(new ByteArrayInputStream(file.toArray()), "in.pcapng");
    }

    private static FileBytes.Packet packet(long nanos, int original, LinkType type, int index, int... bytes) {
        return new FileBytes.Packet(
                nanos,
                original,
                type,
                index,
                java.util.Arrays.stream(bytes).mapToObj(b -> (byte) b).toList());
    }

    private static FileBytes none() {
        return new FileBytes(false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void enhancedSimpleAndObsoletePacketsAreReadInBothByteOrders(boolean bigEndian) throws Exception {
        FileBytes file = new FileBytes(bigEndian);
        file.sectionHeader().interfaceDescription(ETHERNET, 3, file.fresh());
        file.enhancedPacket(0, 0x1_0000_0002L, 9, file.fresh(), (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5);
        file.block(3, file.fresh().int32(8).bytes((byte) 6, (byte) 7, (byte) 8));
        FileBytes obsolete = file.fresh()
                .int16(0)
                .int16(77)
                .int32(0)
                .int32(4)
                .int32(1)
                .int32(2)
                .int8(9);
        file.block(2, obsolete);
        try (CaptureReader reader = open(file)) {
            assertThat(reader.format()).isEqualTo("pcapng");
            assertThat(reader.linkType()).isEqualTo(LinkType.ETHERNET);
            assertThat(FileBytes.packets(reader))
                    .containsExactly(
                            packet(0x1_0000_0002L * 1000, 9, LinkType.ETHERNET, 0, 1, 2, 3, 4, 5),
                            // A simple packet has no length of its own: the interface's snap length says what was kept.
                            packet(0, 8, LinkType.ETHERNET, 0, 6, 7, 8),
                            packet(4000, 2, LinkType.ETHERNET, 0, 9));
        }
    }

    @Test
    void eachInterfaceHasItsOwnLinkTypeNameAndClock() throws Exception {
        FileBytes file = none().sectionHeader();
        file.interfaceDescription(
                ETHERNET, 0, none().option(2, none().text("eth0")).option(9, none().int8(9)));
        file.interfaceDescription(
                RAW,
                0,
                none().option(9, none().int8(0x80 | 10))
                        .option(14, none().int32(5).int32(0)));
        file.enhancedPacket(1, 1024 + 512, 1, none(), (byte) 1).enhancedPacket(0, 7, 1, none(), (byte) 2);
        try (CaptureReader reader = open(file)) {
            assertThat(reader.next()).isTrue();
            assertThat(FileBytes.current(reader)).isEqualTo(packet(6_500_000_000L, 1, LinkType.RAW, 1, 1));
            assertThat(reader.next()).isTrue();
            assertThat(FileBytes.current(reader)).isEqualTo(packet(7, 1, LinkType.ETHERNET, 0, 2));
            assertThat(reader.packetInterface().name()).isEqualTo("eth0");
        }
    }

    @Test
    void aNewSectionMayChangeTheByteOrderAndForgetsInterfaces() throws Exception {
        FileBytes big = new FileBytes(true).sectionHeader();
        big.interfaceDescription(RAW, 0, big.fresh()).enhancedPacket(0, 3, 1, big.fresh(), (byte) 2);
        FileBytes file = none().sectionHeader().interfaceDescription(ETHERNET, 0, none());
        file.enhancedPacket(0, 2, 1, none(), (byte) 1).bytes(big.toArray());
        try (CaptureReader reader = open(file)) {
            assertThat(FileBytes.packets(reader))
                    .containsExactly(packet(2000, 1, LinkType.ETHERNET, 0, 1), packet(3000, 1, LinkType.RAW, 0, 2));
        }
        FileBytes withoutInterface =
                none().sectionHeader().interfaceDescription(ETHERNET, 0, none()).sectionHeader();
        withoutInterface.enhancedPacket(0, 0, 0, none());
        try (CaptureReader reader = open(withoutInterface)) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("a packet belongs to interface 0, but the section describes 0");
        }
    }

    @Test
    void blocksWithoutPacketsAreSkippedAndCountedHoweverLong() throws Exception {
        FileBytes file = none().sectionHeader()
                .block(4, none().int32(0))
                .interfaceDescription(ETHERNET, 0, none())
                .block(0xbad, none().bytes(new byte[300_000]))
                .block(5, none().int32(0).int32(0).int32(0))
                .enhancedPacket(0, 1, 1, none(), (byte) 1)
                .block(0x8000_0001, none());
        try (CaptureReader reader = open(file)) {
            assertThat(FileBytes.packets(reader)).containsExactly(packet(1000, 1, LinkType.ETHERNET, 0, 1));
            assertThat(reader.skippedBlocks()).isEqualTo(4);
        }
    }

    @Test
    void theFirstCommentOfAPacketIsTold() throws Exception {
        FileBytes options =
                none().option(2, none().int32(1)).option(1, none().text("one")).option(1, none().text("two"));
        FileBytes file = none().sectionHeader().interfaceDescription(ETHERNET, 0, none());
        file.enhancedPacket(0, 1, 1, options, (byte) 1).enhancedPacket(0, 2, 1, none(), (byte) 1);
        try (CaptureReader reader = open(file)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.comment()).contains("one");
            assertThat(reader.next()).isTrue();
            assertThat(reader.comment()).isEmpty();
        }
    }

    @Test
    void optionsTooLongToKeepArePassedOverWithoutLosingThePacket() throws Exception {
        FileBytes options = none();
        for (int i = 0; i < 10; i++) {
            options.option(1, none().bytes(new byte[60_000]));
        }
        FileBytes file = none().sectionHeader().interfaceDescription(ETHERNET, 0, none());
        file.enhancedPacket(0, 1, 4, options, (byte) 1).enhancedPacket(0, 2, 4, none(), (byte) 2);
        try (CaptureReader reader = open(file)) {
            assertThat(FileBytes.packets(reader))
                    .containsExactly(
                            packet(1000, 4, LinkType.ETHERNET, 0, 1), packet(2000, 4, LinkType.ETHERNET, 0, 2));
        }
    }

    @Test
    void everyCutIsAnErrorThatComesAfterTheCompletePackets() throws Exception {
        FileBytes start = none().sectionHeader().interfaceDescription(ETHERNET, 0, none());
        int header = start.toArray().length;
        byte[] whole = start.enhancedPacket(0, 1, 4, none(), new byte[4])
                .enhancedPacket(0, 2, 8, none().option(1, none().text("x")), new byte[8])
                .toArray();
        int second = header + 36;
        for (int length = second + 1; length < whole.length; length++) {
            try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(whole, 0, length), "cut")) {
                assertThat(reader.next()).isTrue();
                assertThatThrownBy(reader::next)
                        .isInstanceOf(InputException.class)
                        .hasMessageStartingWith(
                                "cut: offset 0x" + Integer.toHexString(second) + ": the file ends inside");
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @Test
    void lyingLengthsAreErrorsWithTheirOffset() throws Exception {
        FileBytes start = none().sectionHeader().interfaceDescription(ETHERNET, 0, none());
        String place = Integer.toHexString(start.toArray().length);
        String lengthPlace = Integer.toHexString(start.toArray().length + 4);
        List<FileBytes> files = List.of(
                none().int32(6).int32(7).int32(0),
                none().int32(6).int32(0),
                none().int32(6).int32(0xffff_fffcL).int32(0),
                none().int32(99).int32(0xffff_fffcL).int32(0),
                none().int32(1).int32(0x7fff_fff0L).int32(0),
                none().int32(6)
                        .int32(32)
                        .int32(0)
                        .int32(0)
                        .int32(0)
                        .int32(0xffff_ffffL)
                        .int32(4)
                        .int32(32),
                none().int32(6)
                        .int32(32)
                        .int32(0)
                        .int32(0)
                        .int32(0)
                        .int32(0)
                        .int32(4)
                        .int32(36));
        List<String> messages = List.of(
                lengthPlace + ": a block claims a total length of 7 bytes",
                lengthPlace + ": a block claims a total length of 0 bytes",
                place + ": the file ends inside a packet block",
                place + ": the file ends inside a block",
                lengthPlace + ": an interface description claims a total length of 2147483632 bytes",
                ": a packet claims 4294967295 captured bytes in a block of 32",
                ": a block of 32 bytes ends with the length 36");
        for (int i = 0; i < files.size(); i++) {
            FileBytes file = none().bytes(start.toArray()).bytes(files.get(i).toArray());
            try (CaptureReader reader = open(file)) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(InputException.class)
                        .hasMessageStartingWith("in.pcapng: offset 0x")
                        .hasMessageContaining(messages.get(i));
            }
        }
    }

    @Test
    void aSectionHeaderWithoutByteOrderMagicIsAnError() {
        FileBytes file = none().block(
                        0x0a0d0d0a,
                        none().int32(0x12345678).int16(1).int16(0).int32(-1).int32(-1));
        assertThatThrownBy(() -> open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("offset 0x8: a section header has the byte-order magic 0x12345678");
    }

    @Test
    void interfacesWithoutEndAreRefusedBeforeTheyFillTheMemory() throws Exception {
        FileBytes file = none().sectionHeader();
        byte[] description = none().interfaceDescription(ETHERNET, 0, none()).toArray();
        for (int i = 0; i < 70_000; i++) {
            file.bytes(description);
        }
        try (CaptureReader reader = open(file)) {
            assertThatThrownBy(reader::next)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("a section describes more than 65536 interfaces");
        }
    }
}
