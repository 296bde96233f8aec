package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code skboutput}, in the kernel. */
@Tag("vm")
@NeedsBpf
class PacketsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void packetsAreWrittenToACapture() throws IOException {
        Path capture = folder.resolve("packets.pcap");
        String script = "rawtracepoint:net_dev_queue { $packet = (struct sk_buff *)arg0; @result = skboutput(\""
                + capture + "\", $packet, $packet.len, 14); }";
        ScriptRun run = ScriptRun.of(new SourceText("stdin", script), Settings.DEFAULTS, PacketsTest::send);
        assertThat(run.output()).as(run.errors()).contains("@result: 0");
        String written = Files.readString(capture, StandardCharsets.ISO_8859_1);
        assertThat(written).as("a packet of IP version 4 with its text").containsPattern("E[^#]*#packet of a test#");
    }

    private static void send() {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] text = "#packet of a test#".getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(text, text.length, InetAddress.getLoopbackAddress(), 9));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
