package dev.skep.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.input.InputFile;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.link.StructOpsLink;
import dev.skep.linux.load.LinuxObject;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A congestion control in Java, and a connection of TCP that uses it. */
@NeedsBpf
@NeedsKernel(feature = KernelFeature.STRUCT_OPS_LINK)
@NeedsTool({"unshare", "ip", "tc", "python3"})
class CubicTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** A queue of 60 kB before 100 Mbit/s: whoever fills it has losses. */
    private static final String NETWORK =
            "ip link set lo up mtu 1500 && tc qdisc add dev lo root tbf rate 100mbit burst 20kb limit 60kb && ";

    /** Sends 6 MB, and prints which congestion control did it and how many bytes came. */
    private static final String TRANSFER = """
            import socket, threading
            server = socket.create_server(("127.0.0.1", 0))
            received = []
            def receive():
                connection = server.accept()[0]
                total = 0
                while data := connection.recv(65536):
                    total += len(data)
                received.append(total)
            thread = threading.Thread(target=receive)
            thread.start()
            client = socket.socket()
            client.setsockopt(socket.IPPROTO_TCP, 13, b"java_cubic")
            client.connect(server.getsockname())
            client.sendall(bytes(6_000_000))
            used = client.getsockopt(socket.IPPROTO_TCP, 13, 16).rstrip(bytes(1)).decode()
            client.close()
            thread.join()
            print(used, received[0])
            """;

    @Test
    void aConnectionThroughANarrowPlaceGrowsItsWindowAndBacksOff() throws IOException {
        try (LinuxHost host = LinuxHost.open();
                LinuxObject loaded = host.load(ProgramFile.read(new InputFile("examples/java/Cubic.java")));
                StructOpsLink link = loaded.register("Cubic")) {
            assertThat(link.info()).isPresent();
            String printed = Tools.run(
                            List.of("unshare", "-n", "bash", "-c", NETWORK + "exec python3 -c '" + TRANSFER + "'"),
                            TIMEOUT)
                    .expectSuccess()
                    .stdout();
            assertThat(printed).isEqualTo("java_cubic 6000000\n");
            ByteBuffer globals = ByteBuffer.wrap(
                            loaded.map(".bss").orElseThrow().lookup(new byte[4]).orElseThrow())
                    .order(ByteOrder.LITTLE_ENDIAN);
            // They lie in the order in which methods use them first.
            assertThat(globals.getLong()).as("losses").isPositive();
            assertThat(globals.getLong()).as("acknowledgements").isGreaterThan(100);
            assertThat(globals.getInt()).as("largest window").isBetween(20, 10_000);
        }
    }
}
