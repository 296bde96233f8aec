package dev.skep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelVersionTest {
    @Test
    void readsWhatUnameSays() {
        assertThat(KernelVersion.parse("6.1.0-56-cloud-amd64")).isEqualTo(new KernelVersion(6, 1));
        assertThat(KernelVersion.parse("6.12.117+deb12-cloud-amd64")).isEqualTo(new KernelVersion(6, 12));
        assertThat(KernelVersion.parse("7.3-rc7")).isEqualTo(new KernelVersion(7, 3));
        assertThatThrownBy(() -> KernelVersion.parse("six")).hasMessageContaining("not a kernel version: six");
    }

    @Test
    void comparesNumbersNotText() {
        assertThat(KernelVersion.parse("5.9")).isLessThan(KernelVersion.parse("5.10"));
        assertThat(KernelVersion.parse("5.19")).isLessThan(KernelVersion.parse("6.0"));
    }
}
