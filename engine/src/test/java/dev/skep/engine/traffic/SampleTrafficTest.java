package dev.skep.engine.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.capture.CaptureReader;
import dev.skep.engine.capture.PcapWriter;
import dev.skep.engine.capture.PcapngWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleTrafficTest {
    private static byte[] pcap(long seed, int packets) throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        SampleTraffic traffic = new SampleTraffic(seed);
        try (PcapWriter writer = new PcapWriter(file, traffic.captureInterface())) {
            traffic.write(writer, packets, false);
        }
        return file.toByteArray();
    }

    @Test
    void aSeedMeansTheSamePacketsAndAShorterMixIsTheStartOfALongerOne() throws Exception {
        byte[] longer = pcap(7, 500);
        byte[] shorter = pcap(7, 200);
        assertThat(pcap(7, 500)).isEqualTo(longer);
        assertThat(Arrays.copyOf(longer, shorter.length)).isEqualTo(shorter);
        assertThat(pcap(8, 200)).isNotEqualTo(shorter);
    }

    @Test
    void theFirstPacketsShowEveryKindOnce() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        SampleTraffic traffic = new SampleTraffic(SampleTraffic.DEFAULT_SEED);
        try (PcapngWriter writer = new PcapngWriter(file, "test")) {
            writer.addInterface(traffic.captureInterface(), "");
            traffic.write(writer, traffic.kinds(), true);
        }
        Set<String> names = new HashSet<>();
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()), "x")) {
            while (reader.next()) {
                names.add(reader.comment().orElseThrow());
            }
        }
        assertThat(names).hasSize(traffic.kinds());
    }

    @Test
    void aSnapLengthCutsWhatIsKeptOfAPacket() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        SampleTraffic traffic = new SampleTraffic(1, 60);
        try (PcapWriter writer = new PcapWriter(file, traffic.captureInterface())) {
            traffic.write(writer, 100, false);
        }
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()), "x")) {
            long cut = 0;
            while (reader.next()) {
                assertThat(reader.capturedLength()).isEqualTo(Math.min(60, reader.originalLength()));
                cut += reader.capturedLength() < reader.originalLength() ? 1 : 0;
            }
            assertThat(cut).isGreaterThan(20);
        }
    }
}
