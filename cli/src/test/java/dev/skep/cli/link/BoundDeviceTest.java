package dev.skep.cli.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.info.OffloadDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class BoundDeviceTest {
    private static final int LOOPBACK = 1;

    private static long ownNamespace(String attribute) throws IOException {
        return (long) Files.getAttribute(Path.of("/proc/self/ns/net"), attribute);
    }

    @Test
    void aDeviceOfThisNetworkNamespaceGoesByItsName() throws IOException {
        assertThat(BoundDevice.text(new OffloadDevice(LOOPBACK, ownNamespace("unix:dev"), ownNamespace("unix:ino"))))
                .isEqualTo("lo");
    }

    @Test
    void aDeviceOfAnotherNamespaceGoesByItsNumberThoughThereIsOneOfThatNumberHere() throws IOException {
        assertThat(BoundDevice.text(
                        new OffloadDevice(LOOPBACK, ownNamespace("unix:dev"), ownNamespace("unix:ino") + 1)))
                .isEqualTo("interface 1 of another namespace");
    }
}
