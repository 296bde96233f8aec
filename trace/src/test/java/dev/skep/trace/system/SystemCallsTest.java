package dev.skep.trace.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemCallsTest {
    @Test
    void numbersDependOnTheArchitecture() {
        assertThat(SystemCalls.of("x86_64").name(257)).contains("openat");
        assertThat(SystemCalls.of("aarch64").name(56)).contains("openat");
        assertThat(SystemCalls.of("x86_64").name(-1)).isEmpty();
        assertThat(SystemCalls.of("vax").name(1)).isEmpty();
    }
}
