package dev.skep.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.traffic.SampleTraffic;
import dev.skep.object.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damages captures at random and reads them: every outcome but packets, the end or an {@link InputException} is a bug, and
 * so is allocating much. The suite runs a seeded, bounded number of rounds; for a longer hunt:
 * {@code ./mvnw -pl engine -am test -Dtest=CaptureFuzzTest -Dskep.fuzz.rounds=5000000 -Dskep.fuzz.seed=$RANDOM}.
 */
class CaptureFuzzTest {
    private static final int ROUNDS = Integer.getInteger("skep.fuzz.rounds", 20_000);
    private static final long SEED = Long.getLong("skep.fuzz.seed", 1);
    private static final int[] TEMPTING = {0, 1, 4, 12, 0x7f, 0xff, 0x7fff_ffff, 0x8000_0000, -1, -4, 1 << 20, 1 << 28};

    @Test
    void aDamagedCaptureGivesPacketsOrAnInputException() throws Exception {
        Random random = new Random(SEED);
        List<byte[]> seeds = seeds();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long refused = 0;
        long packets = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damage(seeds.get(random.nextInt(seeds.size())), random);
            long before = threads.getCurrentThreadAllocatedBytes();
            try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(damaged), "fuzz")) {
                while (reader.next()) {
                    packets++;
                    assertThat(reader.offset() + reader.capturedLength()).isLessThanOrEqualTo(reader.buffer().length);
                    assertThat(reader.capturedLength()).isBetween(0, damaged.length);
                    reader.comment();
                }
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("fuzz: offset 0x").doesNotContain("\n");
            } catch (RuntimeException e) {
                throw new AssertionError("round " + round + " of seed " + SEED, e);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(3 << 20);
        }
        assertThat(refused).isGreaterThan(ROUNDS / 10);
        assertThat(packets).isGreaterThan(ROUNDS);
    }

    private static List<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        SampleTraffic traffic = new SampleTraffic(1);
        try (PcapngWriter writer = new PcapngWriter(file, "fuzz")) {
            writer.addInterface(traffic.captureInterface(), "x");
            traffic.write(writer, 5, true);
        }
        seeds.add(file.toByteArray());
        file = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(file, traffic.captureInterface())) {
            traffic.write(writer, 5, false);
        }
        seeds.add(file.toByteArray());
        FileBytes big = new FileBytes(true).sectionHeader();
        big.interfaceDescription(1, 100, big.fresh().option(9, big.fresh().int8(0x8a)));
        big.enhancedPacket(0, 1, 9, big.fresh().option(1, big.fresh().text("c")), new byte[9]);
        big.block(3, big.fresh().int32(4).int32(4))
                .block(5, big.fresh().int32(0))
                .sectionHeader();
        seeds.add(big.toArray());
        return seeds;
    }

    private static byte[] damage(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> overwrite(bytes, at & ~3, TEMPTING[random.nextInt(TEMPTING.length)]);
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        return bytes;
    }

    private static void overwrite(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> (8 * i));
        }
    }
}
