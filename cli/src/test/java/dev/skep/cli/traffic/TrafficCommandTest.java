package dev.skep.cli.traffic;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficCommandTest {
    @TempDir
    Path folder;

    @Test
    void theCapturesThatShipWithTheProjectAreWhatTheCommandMakes() {
        Path pcapng = folder.resolve("mixed.pcapng");
        skep("traffic", "--out", pcapng.toString()).expectSuccess();
        assertThat(pcapng).hasSameBinaryContentAs(Path.of("examples/captures/mixed.pcapng"));

        Path pcap = folder.resolve("mixed.pcap");
        skep("traffic", "--out", pcap.toString(), "--format", "pcap", "--packets", "100")
                .expectSuccess();
        assertThat(pcap).hasSameBinaryContentAs(Path.of("examples/captures/mixed.pcap"));
    }

    @Test
    void whatCannotBeWrittenIsOneLine() {
        assertThat(skep("traffic", "--out", "/nonexistent/x").expectBadInput())
                .isEqualTo("/nonexistent/x: there is no folder /nonexistent; make it first");
        assertThat(skep("traffic", "--out", folder.toString()).expectBadInput()).contains("this is a folder");
        assertThat(skep("traffic", "--out", "x", "--packets", "-1").err()).contains("cannot be negative");
    }
}
