package dev.skep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A guest is what tests may count on: see vm/README.md. */
@Tag("vm")
@NeedsBpf
@EnabledIfSystemProperty(named = "skep.guest", matches = ".+", disabledReason = "not in a guest of vm/run")
class GuestTest {
    @Test
    void runsTheKernelThatItWasStartedFor() {
        assertThat(System.getProperty("os.version")).isEqualTo(System.getProperty("skep.guest"));
    }

    @Test
    void describesItsTypes() throws IOException {
        assertThat(Files.size(Path.of("/sys/kernel/btf/vmlinux"))).isGreaterThan(1_000_000);
    }

    @Test
    void hasTheSecurityModulesThatWereAskedFor() throws IOException {
        assertThat(Files.readString(Path.of("/sys/kernel/security/lsm")).strip().split(","))
                .contains("lockdown", "capability", "bpf");
    }

    @Test
    void knowsHowItsKernelWasBuilt() throws IOException {
        assertThat(Files.readString(Path.of("/boot/config-" + System.getProperty("os.version"))))
                .contains("CONFIG_BPF_LSM=y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpf", "cgroup2", "debugfs", "tracefs"})
    void hasTheFileSystemsMounted(String type) throws IOException {
        List<String> mounted = Files.readAllLines(Path.of("/proc/mounts"));

        assertThat(mounted).anyMatch(line -> line.split(" ")[2].equals(type));
    }
}
