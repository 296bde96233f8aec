package dev.skep.cli.link;

import dev.skep.testkit.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Two connected interfaces: what is sent out of one arrives at the other. */
public final class VethPair implements AutoCloseable {
    private static final String NEAR_ADDRESS = "10.211.77.1";
    private static final String FAR_ADDRESS = "10.211.77.2";

    private final String near = "skn" + ProcessHandle.current().pid();
    private final String far = "skf" + ProcessHandle.current().pid();

    /** Makes the pair; near is up with an address. */
    public VethPair() {
        ip("link add " + near + " type veth peer name " + far);
        ip("addr add " + NEAR_ADDRESS + "/24 dev " + near);
        ip("link set " + near + " up");
        ip("link set " + far + " up");
        ip("neigh add " + FAR_ADDRESS + " lladdr 02:00:00:00:00:02 dev " + near);
    }

    private static void ip(String arguments) {
        Tools.run(List.of(("ip " + arguments).split(" ")), Duration.ofSeconds(20))
                .expectSuccess();
    }

    /** The interface at which {@link #send} arrives. */
    public String far() {
        return far;
    }

    /** Sends some datagrams. */
    public void send(int count) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(NEAR_ADDRESS, 0))) {
            for (int i = 0; i < count; i++) {
                socket.send(new DatagramPacket(new byte[32], 32, new InetSocketAddress(FAR_ADDRESS, 9)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        ip("link del " + near);
    }
}
