package dev.skep.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.LoadedClass;
import dev.skep.junit.BpfTest;
import dev.skep.junit.RunsOn;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.net.Checksum;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checksums, compared with those of captured packets and with a sum that is computed here byte by byte. */
class ChecksumTest {
    private final Random random = new Random(1071);

    /** RFC 1071 as it reads: pairs of bytes, carries added as they come. */
    private static int reference(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            sum += ((bytes[i] & 0xff) << 8) | (i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0);
            if (sum > 0xffff) {
                sum -= 0xffff;
            }
        }
        return ~sum & 0xffff;
    }

    /** UDP over IPv4, its checksums right. */
    private byte[] udp(int length) {
        ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + length);
        random.nextBytes(frame.array());
        frame.putShort(12, (short) 0x0800)
                .put(14, (byte) 0x45)
                .putShort(16, (short) (28 + length))
                .putShort(20, (short) 0)
                .put(23, (byte) 17)
                .putShort(24, (short) 0)
                .putShort(38, (short) (8 + length))
                .putShort(40, (short) 0);
        byte[] header = new byte[20];
        frame.get(14, header);
        frame.putShort(24, (short) reference(header));
        frame.putShort(40, (short) udpChecksum(frame));
        return frame.array();
    }

    private static int udpChecksum(ByteBuffer frame) {
        int length = frame.getShort(38);
        ByteBuffer summed = ByteBuffer.allocate(12 + length)
                .putInt(frame.getInt(26))
                .putInt(frame.getInt(30))
                .putShort((short) 17)
                .putShort((short) length);
        for (int i = 0; i < length; i++) {
            summed.put(frame.get(34 + i));
        }
        return reference(summed.array());
    }

    private static int verify(LoadedClass checksums, byte[] frame) {
        return (int) checksums.program("verify").run(frame).returnValue();
    }

    @BpfTest(
            value = Checksums.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void ofEachLengthAreRightAndOfABrokenByteWrong(LoadedClass checksums) {
        for (int length = 0; length < 40; length++) {
            byte[] frame = udp(length);
            assertThat(verify(checksums, frame)).as("%d bytes", length).isZero();
            int broken = 34 + random.nextInt(8 + length);
            frame[broken] = (byte) (frame[broken] ^ 1);
            assertThat(verify(checksums, frame))
                    .as("%d bytes, one changed", length)
                    .isNotZero();
        }
        assertThat(verify(checksums, udp(1472))).isZero();
        byte[] tooLong = udp(3000);
        assertThat(verify(checksums, tooLong)).as("longer than is summed").isEqualTo(-4);
    }

    @BpfTest(
            value = Checksums.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void ofACaptureAreAsTheReferenceSays(LoadedClass checksums) {
        int right = 0;
        for (byte[] bytes : Frames.captured()) {
            ByteBuffer frame = ByteBuffer.wrap(bytes);
            boolean udp = bytes.length > 42 && frame.getShort(12) == 0x0800 && frame.get(14) == 0x45;
            if (udp && frame.get(23) == 17 && bytes.length >= 34 + frame.getShort(38) && frame.getShort(40) != 0) {
                int expected = udpChecksum(frame);
                assertThat(verify(checksums, bytes)).isEqualTo(expected);
                right += expected == 0 ? 1 : 0;
            }
        }
        assertThat(right).isPositive();
    }

    @BpfTest(
            value = Checksums.class,
            on = {RunsOn.ENGINE, RunsOn.JVM, RunsOn.KERNEL})
    void stayRightWhereTheyAreMendedByWhatChanged(LoadedClass checksums) {
        for (int run = 0; run < 100; run++) {
            var outcome = checksums.program("redirect").run(udp(random.nextInt(20)));
            ByteBuffer frame = ByteBuffer.wrap(outcome.data().toArray());
            assertThat(outcome.returnValue()).isEqualTo(XdpAction.XDP_TX);
            assertThat(List.of(frame.getInt(30), (int) frame.getShort(36))).containsExactly(0xc0000201, 9);
            assertThat(verify(checksums, frame.array())).isZero();
        }
    }

    @Test
    void foldingKeepsTheOnesComplementSum() {
        List<Long> sums = new ArrayList<>(List.of(0L, 0xffffL, 0x10000L, 0x1fffeL, 0xffff_ffffL, Long.MAX_VALUE));
        for (int i = 0; i < 1000; i++) {
            sums.add(random.nextLong() >>> (1 + random.nextInt(62)));
        }
        for (long sum : sums) {
            assertThat(Checksum.fold(sum)).isBetween(0, 0xffff);
            assertThat(Checksum.fold(sum) % 0xffff).as("%d", sum).isEqualTo((int) (sum % 0xffff));
        }
    }

    @Test
    void theExampleOfRfc1624Holds() {
        assertThat(Checksum.update16(0xdd2f, 0x5555, 0x3285)).isEqualTo(0x0000);
    }
}
