package dev.skep.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.traffic.SampleTraffic;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other people's tools read what we write, and we read what they write. */
class CaptureToolsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path sample() throws Exception {
        Path file = folder.resolve("sample.pcapng");
        SampleTraffic traffic = new SampleTraffic(1, 256);
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file), "skep test")) {
            writer.addInterface(traffic.captureInterface(), "made up");
            traffic.write(writer, 100, true);
        }
        return file;
    }

    @Test
    @NeedsTool("tshark")
    void tsharkShowsTheCommentDirectionAndVerdict() throws Exception {
        Path file = folder.resolve("noted.pcapng");
        try (PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file), "skep test")) {
            writer.addInterface(CaptureInterface.of(LinkType.ETHERNET), "");
            PacketNote note = PacketNote.comment("XDP_DROP")
                    .direction(PacketNote.Direction.INBOUND)
                    .verdict(PacketNote.VerdictKind.XDP, 1);
            writer.write(0, 1_500_000_000_123_456_789L, new byte[64], 0, 64, 90, note);
        }
        String shown = Tools.run(
                        List.of(
                                "tshark",
                                "-r",
                                file.toString(),
                                "-T",
                                "fields",
                                "-E",
                                "separator=;",
                                "-e",
                                "frame.time_epoch",
                                "-e",
                                "frame.cap_len",
                                "-e",
                                "frame.len",
                                "-e",
                                "frame.comment",
                                "-e",
                                "frame.packet_flags_direction",
                                "-e",
                                "frame.verdict.ebpf_xdp"),
                        TIMEOUT)
                .expectSuccess()
                .stdout();
        assertThat(shown.strip()).isEqualTo("1500000000.123456789;64;90;XDP_DROP;0x00000001;1");
    }

    @Test
    @NeedsTool("editcap")
    void whatEditcapConvertsReadsTheSame() throws Exception {
        Path original = sample();
        List<FileBytes.Packet> expected = read(original);
        assertThat(expected).hasSize(100);
        for (String format : List.of("pcap", "nsecpcap", "pcapng")) {
            Path converted = folder.resolve("converted." + format);
            Tools.run(List.of("editcap", "-F", format, original.toString(), converted.toString()), TIMEOUT)
                    .expectSuccess();
            assertThat(read(converted)).isEqualTo(expected);
        }
    }

    @Test
    @NeedsTool("capinfos")
    void capinfosCountsTheSame() throws Exception {
        String table = Tools.run(List.of("capinfos", "-T", "-r", "-M", "-c", "-d", "-l", sample().toString()), TIMEOUT)
                .expectSuccess()
                .stdout();
        long bytes = read(sample()).stream()
                .mapToLong(FileBytes.Packet::originalLength)
                .sum();
        assertThat(table).contains("\t100\t").contains("\t" + bytes);
    }

    private static List<FileBytes.Packet> read(Path file) throws Exception {
        try (CaptureReader reader = CaptureReader.open(Files.newInputStream(file), file.toString())) {
            return FileBytes.packets(reader);
        }
    }
}
