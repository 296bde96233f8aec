package dev.skep.linux.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.KernelVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelReleaseTest {
    @TempDir
    Path root;

    private KernelRelease release(String name) {
        return KernelRelease.of(new DescribedMachine(root)
                .with("/proc/sys/kernel/osrelease", name + "\n")
                .files());
    }

    @Test
    void aReleaseHasThreeNumbersAndAText() {
        assertThat(release("6.18.44-fc-v595")).isEqualTo(new KernelRelease("6.18.44-fc-v595", 6, 18, 44));
        assertThat(release("7.0-rc1")).isEqualTo(new KernelRelease("7.0-rc1", 7, 0, 0));
    }

    @Test
    void debianTellsTheStableReleaseElsewhere() {
        new DescribedMachine(root)
                .with("/proc/sys/kernel/version", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)\n")
                // where Debian's compiler tells its version, too
                .with(
                        "/proc/version",
                        "Linux version 6.1.0-18-amd64 (gcc-12 (Debian 12.2.0-14) 12.2.0) Debian 6.1.76-1\n");
        assertThat(release("6.1.0-18-amd64")).isEqualTo(new KernelRelease("6.1.0-18-amd64", 6, 1, 76));
    }

    @Test
    void ubuntuTellsTheStableReleaseElsewhere() {
        new DescribedMachine(root).with("/proc/version_signature", "Ubuntu 5.15.0-91.101-generic 5.15.131\n");
        assertThat(release("5.15.0-91-generic").patch()).isEqualTo(131);
    }

    @Test
    void theVersionCodeHasOneByteForThePatchLevel() {
        assertThat(release("4.14.336").versionCode()).isEqualTo(4 << 16 | 14 << 8 | 255);
        assertThat(release("6.1.2").versionCode()).isEqualTo(6 << 16 | 1 << 8 | 2);
    }

    @Test
    void releasesCompareByVersion() {
        assertThat(release("5.10.0").isAtLeast(KernelVersion.of("5.9"))).isTrue();
        assertThat(release("5.10.0").isAtLeast(KernelVersion.of("5.10"))).isTrue();
        assertThat(release("5.10.7").isAtLeast(KernelVersion.of("5.11"))).isFalse();
    }
}
