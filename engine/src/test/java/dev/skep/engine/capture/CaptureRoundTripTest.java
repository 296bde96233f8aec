package dev.skep.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What a writer wrote, a reader reads. */
class CaptureRoundTripTest {
    record Sample(int index, long nanos, byte[] bytes, int cutOff, String comment) {}

    @Provide
    Arbitrary<List<Sample>> samples() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.longs().between(0, 4_000_000_000_000_000_000L),
                        bytes,
                        Arbitraries.integers().between(0, 2000),
                        Arbitraries.strings()
                                .ofMaxLength(20)
                                .excludeChars('\0')
                                .filter(CaptureRoundTripTest::encodable))
                .as(Sample::new)
                .list()
                .ofMaxSize(20);
    }

    private static boolean encodable(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    }

    @Property(tries = 300)
    void pcapngKeepsEverything(@ForAll("samples") List<Sample> samples) throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(file, "test")) {
            writer.addInterface(new CaptureInterface(LinkType.ETHERNET, 99, "a"), "first");
            writer.addInterface(CaptureInterface.of(LinkType.LINUX_SLL2), "");
            for (Sample s : samples) {
                writer.write(
                        s.index,
                        s.nanos,
                        s.bytes,
                        0,
                        s.bytes.length,
                        s.bytes.length + s.cutOff,
                        PacketNote.comment(s.comment)
                                .direction(PacketNote.Direction.INBOUND)
                                .verdict(PacketNote.VerdictKind.XDP, 2));
            }
        }
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()), "x")) {
            for (Sample s : samples) {
                assertThat(reader.next()).isTrue();
                assertThat(FileBytes.current(reader))
                        .isEqualTo(new FileBytes.Packet(
                                s.nanos,
                                s.bytes.length + s.cutOff,
                                s.index == 0 ? LinkType.ETHERNET : LinkType.LINUX_SLL2,
                                s.index,
                                boxed(s.bytes)));
                assertThat(reader.comment().orElse("")).isEqualTo(s.comment);
            }
            assertThat(reader.next()).isFalse();
        }
    }

    @Property(tries = 200)
    void pcapKeepsBytesTimesAndLengths(@ForAll("samples") List<Sample> samples) throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file, CaptureInterface.of(LinkType.RAW))) {
            for (Sample s : samples) {
                writer.write(
                        0, s.nanos, s.bytes, 0, s.bytes.length, s.bytes.length + s.cutOff, PacketNote.comment("lost"));
            }
        }
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()), "x")) {
            List<FileBytes.Packet> expected = samples.stream()
                    .map(s -> new FileBytes.Packet(s.nanos, s.bytes.length + s.cutOff, LinkType.RAW, 0, boxed(s.bytes)))
                    .toList();
            assertThat(FileBytes.packets(reader)).isEqualTo(expected);
        }
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte b : bytes) {
            list.add(b);
        }
        return list;
    }

    @Test
    void packetsAsLongAsTheyMayBeSurvive() throws Exception {
        byte[] longest = new byte[CaptureReader.MAX_PACKET_LENGTH];
        longest[longest.length - 1] = 42;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(file, "test")) {
            writer.addInterface(CaptureInterface.of(LinkType.ETHERNET), "");
            writer.write(1, longest);
            assertThatThrownBy(() -> writer.write(1, new byte[CaptureReader.MAX_PACKET_LENGTH + 1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()), "x")) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.capturedLength()).isEqualTo(longest.length);
            assertThat(reader.buffer()[reader.offset() + longest.length - 1]).isEqualTo((byte) 42);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void readingAndWritingPacketsAllocatesNothing() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] packet = new byte[200];
        PacketNote note = PacketNote.comment("XDP_PASS");
        try (PcapngWriter writer = new PcapngWriter(file, "test")) {
            writer.addInterface(CaptureInterface.of(LinkType.ETHERNET), "");
            for (int i = 0; i < 50_000; i++) {
                writer.write(0, i, packet, 0, packet.length, packet.length, note);
            }
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] content = file.toByteArray();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(content), "x");
                PcapngWriter writer = new PcapngWriter(java.io.OutputStream.nullOutputStream(), "test")) {
            writer.addInterface(CaptureInterface.of(LinkType.ETHERNET), "");
            while (reader.next()) {
                writer.write(
                        0,
                        reader.timestampNanos(),
                        reader.buffer(),
                        reader.offset(),
                        reader.capturedLength(),
                        reader.originalLength(),
                        note);
            }
            assertThat(reader.packets()).isEqualTo(50_000);
        }
        // The two buffers and their like; 50,000 packets at one object each would be above a megabyte.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(400_000);
    }
}
