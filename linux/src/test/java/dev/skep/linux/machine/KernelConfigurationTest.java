package dev.skep.linux.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelConfigurationTest {
    private static final KernelRelease RELEASE = new KernelRelease("6.1.0-18-amd64", 6, 1, 76);

    @TempDir
    Path root;

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Optional<KernelConfiguration> read(DescribedMachine machine) {
        return KernelConfiguration.of(machine.files(), RELEASE);
    }

    @Test
    void optionsAreReadAsTheyStand() {
        KernelConfiguration configuration = read(new DescribedMachine(root).with("/boot/config-6.1.0-18-amd64", """
                                # comment
                                CONFIG_BPF=y
                                CONFIG_TEST_BPF=m
                                CONFIG_HZ=250
                                CONFIG_LSM="lockdown,bpf"
                                # CONFIG_BPF_LSM is not set
                                """))
                .orElseThrow();

        assertThat(configuration.file()).isEqualTo("/boot/config-6.1.0-18-amd64");
        assertThat(configuration.value("CONFIG_HZ")).contains("250");
        assertThat(configuration.value("CONFIG_LSM")).contains("\"lockdown,bpf\"");
        assertThat(configuration.isSet("CONFIG_BPF")).isTrue();
        assertThat(configuration.isSet("CONFIG_TEST_BPF")).isTrue();
        assertThat(configuration.isSet("CONFIG_BPF_LSM")).isFalse();
        assertThat(configuration.options()).hasSize(4);
    }

    @Test
    void theKernelsOwnIsPreferredAndUnpacked() throws IOException {
        DescribedMachine machine = new DescribedMachine(root)
                .with("/boot/config-6.1.0-18-amd64", "CONFIG_HZ=250\n")
                .with("/proc/config.gz", packed("CONFIG_HZ=1000\n"));

        assertThat(read(machine).orElseThrow().value("CONFIG_HZ")).contains("1000");
    }

    @Test
    void aDamagedFileIsPassedOver() throws IOException {
        byte[] cut = Arrays.copyOf(packed("CONFIG_HZ=1000\n"), 15);
        DescribedMachine machine = new DescribedMachine(root)
                .with("/proc/config.gz", cut)
                .with("/lib/modules/6.1.0-18-amd64/config", "CONFIG_HZ=100\n");

        assertThat(read(machine).orElseThrow().value("CONFIG_HZ")).contains("100");
    }

    @Test
    void aMachineMayNotTell() {
        assertThat(read(new DescribedMachine(root))).isEmpty();
    }
}
