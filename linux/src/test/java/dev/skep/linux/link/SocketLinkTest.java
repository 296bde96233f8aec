package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs at single sockets: filters, and the choice among those bound to one port. */
@NeedsBpf
@Tag("vm")
class SocketLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int WHOLE_PACKET = -1;
    private static final int SK_PASS = 1; // enum sk_action of linux/bpf.h

    private static DatagramChannel open(int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        return channel.bind(new InetSocketAddress(LOOPBACK, port));
    }

    private static int port(DatagramChannel channel) throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    private static void send(int port) {
        try (DatagramChannel client = DatagramChannel.open()) {
            client.send(ByteBuffer.wrap(new byte[] {1, 2, 3}), new InetSocketAddress(LOOPBACK, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VerdictProgram filter(int verdict) {
        return VerdictProgram.of(ProgramType.SOCKET_FILTER, Optional.empty(), verdict);
    }

    private static VerdictProgram chooser() {
        return VerdictProgram.of(ProgramType.SK_REUSEPORT, Optional.of(AttachType.SK_REUSEPORT_SELECT), SK_PASS);
    }

    @Test
    void aFilterKeepsTheContract() throws IOException {
        try (DatagramChannel channel = open(0)) {
            int port = port(channel);
            NetworkPoint point = new NetworkPoint.Socket(SocketDescriptors.of(channel));
            new NetworkLinkContract(
                            () -> filter(WHOLE_PACKET), program -> Attacher.attach(program, point), () -> send(port))
                    .holdsWithoutLinks();
        }
    }

    @Test
    void aFilterOfNoBytesKeepsPacketsAway() throws IOException {
        try (DatagramChannel channel = open(0);
                VerdictProgram program = filter(0)) {
            channel.configureBlocking(false);
            ByteBuffer received = ByteBuffer.allocate(16);
            try (LinuxLink _ =
                    Attacher.attach(program.program(), new NetworkPoint.Socket(SocketDescriptors.of(channel)))) {
                send(port(channel));
                assertThat(channel.receive(received)).isNull();
            }
            send(port(channel));
            assertThat(channel.receive(received)).isNotNull();
        }
    }

    @Test
    void theChoiceAmongSocketsKeepsTheContract() throws IOException {
        try (DatagramChannel one = open(0);
                DatagramChannel two = open(port(one))) {
            int port = port(two);
            assertThat(SocketDescriptors.all(one)).hasSize(2);
            assertThatThrownBy(() -> SocketDescriptors.of(one))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTUNIQ));
            NetworkPoint point =
                    new NetworkPoint.Socket(SocketDescriptors.all(one).getFirst());
            new NetworkLinkContract(
                            SocketLinkTest::chooser, program -> Attacher.attach(program, point), () -> send(port))
                    .holdsWithoutLinks();
        }
    }

    @Test
    void theSocketMayBeClosedFirstAndItsNumberBeAnothers() throws IOException {
        try (VerdictProgram program = filter(WHOLE_PACKET)) {
            DatagramChannel first = open(0);
            int descriptor = SocketDescriptors.of(first);
            LinuxLink link = Attacher.attach(program.program(), new NetworkPoint.Socket(descriptor));
            first.close();
            try (DatagramChannel second = open(0)) {
                assertThat(SocketDescriptors.of(second)).isEqualTo(descriptor);
                LinuxLink theirs = Attacher.attach(program.program(), new NetworkPoint.Socket(descriptor));
                assertThatThrownBy(() -> link.update(program.program()))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF));
                link.close();
                send(port(second));
                assertThat(program.runs()).isPositive();
                theirs.close();
            }
        }
    }

    @Test
    void descriptorsOfAllKindsOfChannelsAreFound() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept();
                DatagramChannel any = DatagramChannel.open().bind(null)) {
            assertThat(SocketDescriptors.of(server)).isNotEqualTo(SocketDescriptors.of(accepted));
            assertThat(SocketDescriptors.of(client)).isNotEqualTo(SocketDescriptors.of(accepted));
            assertThat(SocketDescriptors.of(any)).isPositive();
        }
        try (DatagramChannel unbound = DatagramChannel.open()) {
            assertThatThrownBy(() -> SocketDescriptors.of(unbound)).hasMessageContaining("not bound");
        }
    }

    @Test
    void whatIsNoSocketIsRefused() throws IOException {
        try (VerdictProgram program = filter(WHOLE_PACKET)) {
            int noSocket = program.program().descriptor().number();
            assertThatThrownBy(() -> Attacher.attach(program.program(), new NetworkPoint.Socket(noSocket)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOTSOCK))
                    .hasMessageContaining("no socket of this process has this number");
        }
    }
}
