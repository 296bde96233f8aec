package dev.skep.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.capture.CaptureInterface;
import dev.skep.engine.capture.CaptureReader;
import dev.skep.engine.capture.LinkType;
import dev.skep.engine.capture.PacketNote;
import dev.skep.engine.capture.PcapngWriter;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PacketRunTest {
    private static final byte[] IPV4 = HexFormat.of().parseHex("450000140000000040060000c0000201c0000202");
    private static final byte[] IPV6 = {0x60, 0, 0, 0};
    private static final String NO_ADDRESSES = "000000000000000000000000";

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private PacketRun.End end = PacketRun.End.COMPLETE;
    private final List<String> seen = new ArrayList<>();

    /** Stands for a BPF program: remembers packets, answers with their first byte, and doubles those that start with 3. */
    private final class Double implements PacketProgram {
        private byte[] packet = {};

        @Override
        public long run(byte[] buffer, int offset, int length) {
            byte[] given = Arrays.copyOfRange(buffer, offset, offset + length);
            seen.add(HexFormat.of().formatHex(given));
            if (length > 0 && given[0] == 9) {
                throw new HostException(Errno.EFAULT, "stray pointer");
            }
            packet = length > 0 && given[0] == 3 ? Arrays.copyOf(given, 2 * length) : given;
            return length > 0 ? given[0] : 2;
        }

        @Override
        public int packetLength() {
            return packet.length;
        }

        @Override
        public void copyPacket(byte[] target) {
            System.arraycopy(packet, 0, target, 0, packet.length);
        }
    }

    private PacketRun run(ProgramType type, byte[] capture, Set<String> outVerdicts) throws IOException {
        VerdictTally tally = new VerdictTally(VerdictNames.of(type).orElseThrow());
        Progress silent = new Progress(new PrintWriter(new StringWriter()), false);
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(capture), "in");
                CaptureOutput output = new CaptureOutput(written, type, outVerdicts)) {
            PacketRun run = new PacketRun(
                    new Double(), Optional.empty(), new LinkLayer(type), tally, Optional.of(output), silent);
            end = run.run(reader);
            return run;
        }
    }

    private static byte[] capture(LinkType linkType, byte[]... packets) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(file, "test")) {
            writer.addInterface(CaptureInterface.of(linkType), "");
            for (byte[] packet : packets) {
                writer.write(0, 7, packet, 0, packet.length, packet.length, PacketNote.NONE);
            }
        }
        return file.toByteArray();
    }

    private List<String> output() throws IOException {
        List<String> packets = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(written.toByteArray()), "out")) {
            while (reader.next()) {
                byte[] bytes =
                        Arrays.copyOfRange(reader.buffer(), reader.offset(), reader.offset() + reader.capturedLength());
                packets.add(HexFormat.of().formatHex(bytes) + "/" + reader.originalLength() + " "
                        + reader.comment().orElse("-"));
            }
        }
        return packets;
    }

    @Test
    void packetsComeOutAsTheProgramLeftThemWithTheVerdictAsComment() throws IOException {
        PacketRun run = run(
                ProgramType.XDP,
                capture(LinkType.ETHERNET, new byte[] {1, 5}, new byte[] {3, 6}, new byte[] {2}),
                Set.of());
        assertThat(output()).containsExactly("0105/2 XDP_DROP", "03060000/4 XDP_TX", "02/1 XDP_PASS");
        assertThat(run.packets()).isEqualTo(3);
        assertThat(run.bytes()).isEqualTo(5);
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void onlyPacketsWithTheVerdictsAskedForComeOut() throws IOException {
        run(ProgramType.XDP, capture(LinkType.ETHERNET, new byte[] {1}, new byte[] {2}), Set.of("XDP_PASS"));
        assertThat(output()).containsExactly("02/1 XDP_PASS");
    }

    @Test
    void aSocketFiltersAnswerCutsThePacket() throws IOException {
        run(
                ProgramType.SOCKET_FILTER,
                capture(LinkType.ETHERNET, new byte[] {2, 6, 7}, new byte[] {0, 1}, new byte[] {-1, 4}),
                Set.of());
        assertThat(output())
                .containsExactly("0206/3 accept (2 bytes)", "0001/2 drop", "ff04/2 accept (4294967295 bytes)");
    }

    @Test
    void packetsWithoutEthernetHeaderGetOneIfTheProgramSeesSocketBuffers() throws IOException {
        run(ProgramType.SCHED_CLS, capture(LinkType.RAW, IPV4, IPV6, new byte[] {0x10}), Set.of());
        byte[] cooked = new byte[16 + IPV4.length];
        cooked[14] = 8;
        System.arraycopy(IPV4, 0, cooked, 16, IPV4.length);
        run(ProgramType.SCHED_CLS, capture(LinkType.LINUX_SLL, cooked), Set.of());
        byte[] loopback = new byte[4 + IPV6.length];
        System.arraycopy(IPV6, 0, loopback, 4, IPV6.length);
        run(ProgramType.SCHED_CLS, capture(LinkType.NULL, loopback), Set.of());

        String ipv4 = NO_ADDRESSES + "0800" + HexFormat.of().formatHex(IPV4);
        String ipv6 = NO_ADDRESSES + "86dd" + HexFormat.of().formatHex(IPV6);
        assertThat(seen).containsExactly(ipv4, ipv6, ipv4, ipv6);
    }

    @Test
    void packetsThatTheProgramCannotSeeAreCountedAsErrors() throws IOException {
        PacketRun run = run(ProgramType.XDP, capture(LinkType.RAW, IPV4, IPV4), Set.of());
        assertThat(run.packets()).isZero();
        assertThat(run.errors())
                .containsExactly("2 packets of link type LINKTYPE_RAW were skipped: the program cannot see them");
    }

    @Test
    void aDamagedCaptureEndsTheRunAndWhatCameBeforeCounts() throws IOException {
        byte[] whole = capture(LinkType.ETHERNET, new byte[] {1}, new byte[] {2});
        PacketRun run = run(ProgramType.XDP, Arrays.copyOf(whole, whole.length - 1), Set.of());
        assertThat(run.packets()).isEqualTo(1);
        assertThat(run.errors())
                .singleElement()
                .asString()
                .startsWith("in: offset 0x")
                .contains("the file ends inside");
        assertThat(end).isEqualTo(PacketRun.End.DAMAGED);
        assertThat(output()).containsExactly("01/1 XDP_DROP");
    }

    @Test
    void aRunThatFailsIsToldWithItsPacket() throws IOException {
        PacketRun run = run(ProgramType.XDP, capture(LinkType.ETHERNET, new byte[] {1}, new byte[] {9}), Set.of());
        assertThat(run.errors())
                .singleElement()
                .asString()
                .matches("packet 2 \\(offset 0x\\p{XDigit}+\\): EFAULT: stray pointer");
    }
}
